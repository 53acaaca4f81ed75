"""What was studied when: what the minutes so far say of each case and of each dispute type."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.checks.cleared import ClearedAction, ClearedCase, ClearedCasebook, ClearedSession

TUESDAY = 1


@dataclass(frozen=True)
class History:
    """The sessions before a day, and the cases that could be studied."""

    day: datetime.date
    cases: Sequence[ClearedCase]
    sessions: Sequence[ClearedSession]  # before the day, newest first

    @classmethod
    def before(cls, cleared: ClearedCasebook, day: datetime.date) -> "History":
        """Return what was known on the morning of a day: cases closed and sessions held by then."""
        return cls(
            day,
            [case for case in cleared.cases if case.closed and case.closed < day.isoformat()],
            [session for session in cleared.sessions if session.date < day.isoformat()],
        )

    @cached_property
    def studied(self) -> Mapping[str, list[datetime.date]]:
        """Return case id -> the days it was studied, oldest first."""
        days: dict[str, list[datetime.date]] = {}
        for session in reversed(self.sessions):
            for case_id in session.cases:
                days.setdefault(case_id, []).append(datetime.date.fromisoformat(session.date))
        return days

    @cached_property
    def types_studied(self) -> Mapping[str, datetime.date]:
        """Return primary dispute type -> the last day a case of it was studied."""
        types = {case.id: case.dispute_types[0] for case in self.cases if case.dispute_types}
        last: dict[str, datetime.date] = {}
        for case_id, days in self.studied.items():
            if case_id in types:
                last[types[case_id]] = max(days[-1], last.get(types[case_id], days[-1]))
        return last

    @property
    def last_day(self) -> str:
        """The ISO date of the last session, or '' where there was none."""
        return self.sessions[0].date if self.sessions else ""

    @property
    def open_actions(self) -> list[tuple[ClearedAction, ClearedSession]]:
        """The 整改 that are not done, with the session that set each; the earliest due first."""
        rows = [
            (action, session)
            for session in self.sessions
            for action in session.actions
            if not action.done
        ]
        return sorted(rows, key=lambda row: (row[0].due, row[1].date, row[0].what))


def next_tuesday(day: datetime.date) -> datetime.date:
    """Return the first Tuesday after a day."""
    return day + datetime.timedelta(days=(TUESDAY - day.weekday() - 1) % 7 + 1)
