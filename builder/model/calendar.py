"""Which days the office works: weekends, holidays and the weekends worked in their stead."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from builder.model.strict import Strict

_DAY: Final = datetime.timedelta(days=1)
_SATURDAY: Final = 5


class Holiday(Strict):
    """Days off in a row, as the yearly notice of the State Council's office gives them."""

    name: Annotated[str, StringConstraints(min_length=1)]
    from_: datetime.date = Field(alias="from")
    to: datetime.date  # the last day off


class HolidayYear(Strict):
    """The notice of one year."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    off: tuple[Holiday, ...] = Field(min_length=1)
    work: tuple[datetime.date, ...] = ()


class HolidaysFile(Strict):
    """The content of `holidays.yml`."""

    years: tuple[HolidayYear, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Calendar:
    """The working days of the years that are known; beyond them only weekends are."""

    years: frozenset[int] = frozenset()
    off: frozenset[datetime.date] = frozenset()
    work: frozenset[datetime.date] = field(default=frozenset())

    @classmethod
    def of(cls, years: Iterable[HolidayYear]) -> "Calendar":
        """Return the calendar that the notices make."""
        years = tuple(years)
        off: set[datetime.date] = set()
        for holiday in (holiday for year in years for holiday in year.off):
            length = (holiday.to - holiday.from_).days + 1
            off |= {holiday.from_ + _DAY * count for count in range(length)}
        work = frozenset(day for year in years for day in year.work)
        return cls(frozenset(year.year for year in years), frozenset(off), work)

    def knows(self, first: datetime.date, last: datetime.date) -> bool:
        """Return whether the holidays of every year between two days are known."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def is_working_day(self, day: datetime.date) -> bool:
        """Return whether the office works on a day."""
        return day in self.work or (day.weekday() < _SATURDAY and day not in self.off)

    def working_days_after(self, day: datetime.date, count: int) -> datetime.date:
        """Return the `count`-th working day after a day, which itself does not count."""
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def first_after_holiday(self, day: datetime.date) -> datetime.date:
        """Return a day, or where it falls into a holiday the first day after that."""
        while day in self.off:
            day += _DAY
        return day
