"""Users, cases and who speaks, as other tools tell them."""

from __future__ import annotations

from koding.session.interchange.projects import import_project
from koding.session.opening import spoken_turns
from koding.store.project import Project
from tests.interchange.packages import (
    SOURCE,
    brought_in,
    coding,
    codings,
    found,
    guid,
    package,
    project,
    selection,
    sent_out,
    source,
    sources,
    table,
    xml_of,
)

TALK = "I: Hvor bor du?\nAmina: Jeg bor i Steinli.\nI: Og du?\nOmar: I byen.\n"


def at(phrase):
    start = TALK.index(phrase)
    return start, start + len(phrase)


def turns(study, name="intervju"):
    with Project.open(study) as opened:
        return [
            (
                one.speaker.label,
                one.speaker.informant.name if one.speaker.informant else "",
                one.speaker.guessed,
                one.text,
            )
            for one in spoken_turns(opened, name)
        ]


def case(number, name, inner=""):
    named = f' name="{name}"' if name else ""
    return f'<Case guid="{guid(number, 8)}"{named}>{inner}</Case>'


def cases(*inner):
    return f"<Cases>{''.join(inner)}</Cases>"


def to_source():
    return f'<SourceRef targetGUID="{SOURCE}"/>'


def to_selection(number):
    return f'<SelectionRef targetGUID="{guid(number, 5)}"/>'


def talk(path, *parts, **more):
    return package(path, project(*parts, **more), {f"{SOURCE}.txt": TALK})


def test_two_users_of_one_name_are_two_coders_and_two_users_again(tmp_path):
    twins = f'<Users><User guid="{guid(1, 7)}" name="Kari" id="K"/><User guid="{guid(2, 7)}" name="Kari"/><User guid="{guid(3, 7)}"/></Users>'
    inner = "".join(selection(n, 0, 3, "", coding(n, user=guid(n, 7))) for n in (1, 2, 3))
    study, _ = brought_in(talk(tmp_path / "a.qdpx", sources(source(inner)), users=twins))
    assert [who for _text, _code, who in codings(study)] == ["Kari", "Kari (2)", "user 00000007"]
    users = [dict(one.attrib) for one in found(xml_of(sent_out(study)), "User")]
    assert users[:2] == [{"guid": guid(1, 7), "name": "Kari", "id": "K"}, {"guid": guid(2, 7), "name": "Kari"}]
    assert users[2]["guid"] == guid(3, 7)


def test_cases_of_one_name_and_of_none_are_informants_of_their_own(tmp_path):
    inner = cases(case(1, "Amina"), case(2, "Amina"), case(3, ""), case(4, ""))
    study, report = brought_in(talk(tmp_path / "a.qdpx", inner, sources(source())))
    names = [name for (name,) in table(study, "SELECT name FROM informant ORDER BY rowid")]
    assert names[:2] == ["Amina", "Amina (2)"]
    assert len(set(names[:4])) == 4
    assert report.informants == 4
    assert [one.get("guid") for one in found(xml_of(sent_out(study)), "Case")] == [guid(n, 8) for n in (1, 2, 3, 4)]


def test_selections_that_cases_call_their_own_say_who_speaks_the_turns(tmp_path):
    spoken = selection(1, *at("Jeg bor i Steinli."), "", "") + selection(2, *at("I byen."), "", "")
    parts = cases(case(1, "F01", to_selection(1)), case(2, "F02", to_selection(2)))
    study, _ = brought_in(talk(tmp_path / "a.qdpx", parts, sources(source(spoken))))
    assert turns(study) == [
        ("I", "", True, "Hvor bor du?"),
        ("Amina", "F01", False, "Jeg bor i Steinli."),
        ("I", "", True, "Og du?"),
        ("Omar", "F02", False, "I byen."),
    ]


def test_such_selections_are_the_turns_where_the_text_has_other_marks_or_none(tmp_path):
    spoken = selection(1, *at("bor i Steinli"), "", "") + selection(2, *at("byen"), "", "")
    parts = cases(case(1, "F01", to_selection(1) + to_selection(2)))
    study, _ = brought_in(talk(tmp_path / "a.qdpx", parts, sources(source(spoken))))
    assert turns(study) == [("F01", "F01", False, "bor i Steinli"), ("F01", "F01", False, "byen")]
    root = xml_of(sent_out(study))
    assert [one.get("targetGUID") for one in found(root, "SelectionRef")] == [guid(1, 5), guid(2, 5)]


def test_the_cases_of_a_source_are_known_by_their_names_in_it(tmp_path):
    parts = cases(case(1, "Omar", to_source()), case(2, "Amina", to_source()))
    study, _ = brought_in(talk(tmp_path / "a.qdpx", parts, sources(source())))
    assert [(label, who) for label, who, _guessed, _text in turns(study)][1::2] == [
        ("Amina", "Amina"),
        ("Omar", "Omar"),
    ]


def test_what_a_study_knows_of_an_informant_stays(tmp_path):
    def told(value):
        values = (
            f'<VariableValue><VariableRef targetGUID="{guid(9, 8)}"/><TextValue>{value}</TextValue></VariableValue>'
        )
        variables = f'<Variables><Variable guid="{guid(9, 8)}" name="Kjønn" typeOfVariable="Text"/></Variables>'
        return variables + cases(case(1, "Amina", values))

    study, _ = brought_in(talk(tmp_path / "a.qdpx", told("kvinne")))
    import_project(talk(tmp_path / "b.qdpx", told("mann")), study, "tester")
    assert table(study, "SELECT value FROM value") == [("kvinne",)]


def test_a_guess_is_not_told_to_others(tmp_path):
    study, _ = brought_in(talk(tmp_path / "a.qdpx", sources(source())))
    assert [guessed for _label, _who, guessed, _text in turns(study)] == [True] * 4
    root = xml_of(sent_out(study))
    assert (found(root, "Case"), found(root, "PlainTextSelection")) == ([], [])
