"""The suggester as a process of its own: what is asked, what is answered, and what is kept between."""
