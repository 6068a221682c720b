"""The mouse: selecting, coding by a click in the tree, and stripes in the margin."""

from __future__ import annotations

from koding.tui.widgets.codebook import CodeTree, Definition


async def drag(desktop, start, end):
    await desktop.pilot.mouse_down("#transcript", offset=start)
    await desktop.pilot.hover("#transcript", offset=end)
    await desktop.pilot.mouse_up("#transcript", offset=end)
    await desktop.pilot.pause()


async def test_dragging_selects_and_a_click_on_a_code_applies_it(open_desktop):
    async with open_desktop() as desktop:
        column, y = desktop.cell_of("Kan du fortelle")
        await drag(desktop, (column, y), (column + 5, y))
        start, end = desktop.pane.selection
        assert desktop.pane.transcript.text[start:end] == "Kan du"
        tree = desktop.screen.query_one(CodeTree)
        row = next(place for place, row in enumerate(tree.rows) if row.id == "studier")
        await desktop.pilot.click("#codebook", offset=(6, row + 1))
        await desktop.pilot.pause()
        assert desktop.coded() == [("studier", "Kan du")]
        assert desktop.pane.has_focus


async def test_a_click_on_a_code_without_a_selection_only_shows_its_definition(open_desktop):
    async with open_desktop() as desktop:
        await desktop.pilot.click("#codebook", offset=(6, 4))
        await desktop.pilot.pause()
        assert desktop.codings == []
        assert desktop.screen.query_one(Definition).code.key == "studier"


async def test_a_double_click_takes_the_word_and_a_triple_click_the_sentence(open_desktop):
    async with open_desktop() as desktop:
        column, y = desktop.cell_of("Telefonen")
        await desktop.pilot.click("#transcript", offset=(column + 2, y), times=2)
        await desktop.pilot.pause()
        text = desktop.pane.transcript.text
        assert text[slice(*desktop.pane.selection)] == "Telefonen"
        await desktop.pilot.click("#transcript", offset=(column + 2, y), times=3)
        await desktop.pilot.pause()
        assert text[slice(*desktop.pane.selection)] == "Telefonen ringte aldri. [ler]"


async def test_a_click_on_a_stripe_goes_to_its_coding(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Sjefen")
        await desktop.press("c", *"relev", "enter")
        await desktop.put_cursor("Kan du")
        _column, y = desktop.cell_of("Sjefen")
        stripe = desktop.rows()[y - 1].index(desktop.screen.desk.looks["arbeid.relevant"].glyph)
        await desktop.pilot.click("#transcript", offset=(stripe, y))
        await desktop.pilot.pause()
        assert desktop.pane.transcript.text[desktop.pane.cursor :].startswith("Sjefen")
        assert "Relevant arbeid" in desktop.status
