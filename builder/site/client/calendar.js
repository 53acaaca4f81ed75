// @ts-check
/** Which days the office works: twin of `builder/model/calendar.py`. Days count from 1970-01-01. */

const DAY = 86_400_000 // milliseconds

/** Return the number of a day. @param {string} date ISO */
export function dayNumber(date) {
  return Date.parse(`${date}T00:00:00Z`) / DAY
}

/** @param {number} day */
export function isoDate(day) {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** The working days of the years that are known; beyond them only weekends are. */
export class Calendar {
  #years
  #off
  #work

  /** @param {{years: number[], off: string[], work: string[]}} handbook */
  constructor({ years, off, work }) {
    this.#years = new Set(years)
    this.#off = new Set(off.map(dayNumber))
    this.#work = new Set(work.map(dayNumber))
  }

  /** Return whether the holidays of every year between two days are known. @param {number} first @param {number} last */
  knows(first, last) {
    const end = Number(isoDate(last).slice(0, 4))
    for (let year = Number(isoDate(first).slice(0, 4)); year <= end; year += 1) {
      if (!this.#years.has(year)) return false
    }
    return true
  }

  /** @param {number} day */
  isWorkingDay(day) {
    const weekday = (day + 3) % 7 // 0 is Monday: 1970-01-01 was a Thursday
    return this.#work.has(day) || (weekday < 5 && !this.#off.has(day))
  }

  /** Return the `count`-th working day after a day. @param {number} day @param {number} count */
  workingDaysAfter(day, count) {
    let at = day
    for (let left = count; left > 0; ) {
      at += 1
      if (this.isWorkingDay(at)) left -= 1
    }
    return at
  }

  /** Return a day, or where it falls into a holiday the first day after that. @param {number} day */
  firstAfterHoliday(day) {
    let at = day
    while (this.#off.has(at)) at += 1
    return at
  }
}
