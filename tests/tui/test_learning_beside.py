"""The suggester learns while somebody codes: what it then says takes the place of what it said before."""

from __future__ import annotations

from inmemory import FakeBench, FakeSuggester

from koding.tui.widgets.suggestions import SuggestionList


class LearningSuggester(FakeSuggester):
    """Has learned after the first round of questions that there is nothing to suggest."""

    def __init__(self):
        super().__init__()
        self.times = 0

    async def learn(self):
        self.times += 1
        return self.times == 1

    async def suggest(self, source, turn_indexes):
        async for index, found in super().suggest(source, turn_indexes):
            yield index, found if not self.times else []


async def settled(desktop):
    for _turn in range(10):
        await desktop.pilot.pause(0.02)


def offered(desktop):
    return [one.code for one in desktop.screen.query_one(SuggestionList).suggestions]


async def test_what_is_learned_takes_the_place_of_what_was_suggested(open_desktop):
    suggester = LearningSuggester()
    async with open_desktop(FakeBench(), suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        await desktop.put_cursor("Det var ikke jobben")
        await desktop.put_cursor("Ja. Det")
        assert suggester.times == 2
        assert offered(desktop) == []


async def test_every_turn_is_asked_about_before_anything_is_learned_and_again_after(open_desktop):
    suggester = LearningSuggester()
    async with open_desktop(FakeBench(), suggester) as desktop:
        await settled(desktop)
        counted = desktop.screen.desk.transcript.counted_turns()
        assert sorted(suggester.asked[: len(counted)]) == counted
        assert sorted(suggester.asked) == sorted(counted * 2)


async def test_a_suggester_that_learns_nothing_is_not_asked_again(open_desktop, suggester):
    async with open_desktop(FakeBench(), suggester) as desktop:
        await settled(desktop)
        assert sorted(suggester.asked) == desktop.screen.desk.transcript.counted_turns()
