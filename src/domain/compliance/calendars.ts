import { type HolidayCalendar, holidayCalendar, type HolidayRule, type HolidayRules } from "./holidays.ts"

const fixed = (name: string, month: number, day: number): HolidayRule => ({ kind: "fixed", name, month, day })
const madeUp = (name: string, month: number, day: number): HolidayRule => ({
  kind: "fixed",
  name,
  month,
  day,
  madeUp: "nextWeekday"
})
const federal = (name: string, month: number, day: number): HolidayRule => ({
  kind: "fixed",
  name,
  month,
  day,
  madeUp: "nearestWeekday"
})
const weekday = (name: string, month: number, weekday: number, n: number): HolidayRule => ({
  kind: "weekday",
  name,
  month,
  weekday,
  n
})
const easter = (name: string, days: number): HolidayRule => ({ kind: "easter", name, days })
const monday = 1
const thursday = 4

const goodFriday = easter("Good Friday", -2)
const easterDay = easter("Easter Sunday", 0)
const easterMonday = easter("Easter Monday", 1)
const ascension = easter("Ascension", 39)
const whitSunday = easter("Whit Sunday", 49)
const whitMonday = easter("Whit Monday", 50)
const newYear = fixed("New Year", 1, 1)
const epiphany = fixed("Epiphany", 1, 6)
const labour = fixed("Labour Day", 5, 1)
const assumption = fixed("Assumption", 8, 15)
const allSaints = fixed("All Saints", 11, 1)
const christmas = fixed("Christmas Day", 12, 25)
const secondChristmas = fixed("Second day of Christmas", 12, 26)

const calendar = (id: string, source: string, rules: ReadonlyArray<HolidayRule>): HolidayRules => ({
  id,
  version: "2026-11",
  fromYear: 2024,
  untilYear: 2030,
  source,
  rules
})

/**
 * Holidays of whole countries, by rule. Regional days (German and Austrian Länder, Spanish communities, Australian states,
 * Alsace) are not in them and belong into calendars of their own. What a government decides for one year only is there
 * where it was known in November 2026; transferred working days (Russia) are not.
 */
export const holidayRules: ReadonlyArray<HolidayRules> = [
  calendar("uk", "Banking and Financial Dealings Act 1971; all nations of the United Kingdom together", [
    madeUp("New Year's Day", 1, 1),
    madeUp("2 January (Scotland)", 1, 2),
    madeUp("St Patrick's Day (Northern Ireland)", 3, 17),
    goodFriday,
    easterMonday,
    weekday("Early May bank holiday", 5, monday, 1),
    weekday("Spring bank holiday", 5, monday, -1),
    { kind: "once", name: "World Cup (Scotland)", year: 2026, month: 6, day: 15 },
    madeUp("Battle of the Boyne (Northern Ireland)", 7, 12),
    weekday("Summer bank holiday (Scotland)", 8, monday, 1),
    weekday("Summer bank holiday", 8, monday, -1),
    madeUp("St Andrew's Day (Scotland)", 11, 30),
    madeUp("Christmas Day", 12, 25),
    madeUp("Boxing Day", 12, 26)
  ]),
  calendar("us-federal", "5 U.S.C. 6103", [
    federal("New Year's Day", 1, 1),
    weekday("Birthday of Martin Luther King, Jr.", 1, monday, 3),
    weekday("Washington's Birthday", 2, monday, 3),
    weekday("Memorial Day", 5, monday, -1),
    federal("Juneteenth", 6, 19),
    federal("Independence Day", 7, 4),
    weekday("Labor Day", 9, monday, 1),
    weekday("Columbus Day", 10, monday, 2),
    federal("Veterans Day", 11, 11),
    weekday("Thanksgiving Day", 11, thursday, 4),
    federal("Christmas Day", 12, 25)
  ]),
  calendar("de-national", "holidays of all Länder; Einigungsvertrag art. 2(2) and the laws of the Länder", [
    newYear,
    goodFriday,
    easterMonday,
    labour,
    ascension,
    whitMonday,
    fixed("Tag der Deutschen Einheit", 10, 3),
    christmas,
    secondChristmas
  ]),
  calendar("fr-national", "Code du travail L3133-1", [
    newYear,
    easterMonday,
    labour,
    fixed("Victoire 1945", 5, 8),
    ascension,
    whitMonday,
    fixed("Fête nationale", 7, 14),
    assumption,
    allSaints,
    fixed("Armistice 1918", 11, 11),
    christmas
  ]),
  calendar("it-national", "Legge 260/1949; San Francesco from 2026 (Legge 151/2025)", [
    newYear,
    epiphany,
    easterDay,
    easterMonday,
    fixed("Liberazione", 4, 25),
    labour,
    fixed("Festa della Repubblica", 6, 2),
    assumption,
    ...[2026, 2027, 2028, 2029, 2030].map((year): HolidayRule => ({
      kind: "once",
      name: "San Francesco",
      year,
      month: 10,
      day: 4
    })),
    allSaints,
    fixed("Immacolata", 12, 8),
    christmas,
    secondChristmas
  ]),
  calendar("es-national", "Estatuto de los Trabajadores art. 37.2, Real Decreto 2001/1983 art. 45: days of all Spain", [
    newYear,
    epiphany,
    goodFriday,
    labour,
    assumption,
    fixed("Fiesta Nacional", 10, 12),
    allSaints,
    fixed("Constitución", 12, 6),
    fixed("Inmaculada", 12, 8),
    christmas
  ]),
  calendar("pl-national", "Ustawa o dniach wolnych od pracy; 24 December from 2025 (counted from 2024 here)", [
    newYear,
    epiphany,
    easterDay,
    easterMonday,
    labour,
    fixed("Konstytucja 3 Maja", 5, 3),
    whitSunday,
    easter("Corpus Christi", 60),
    assumption,
    allSaints,
    fixed("Niepodległość", 11, 11),
    fixed("Wigilia", 12, 24),
    christmas,
    secondChristmas
  ]),
  calendar("cz-national", "Zákon 245/2000 Sb.", [
    newYear,
    goodFriday,
    easterMonday,
    labour,
    fixed("Den vítězství", 5, 8),
    fixed("Cyril a Metoděj", 7, 5),
    fixed("Jan Hus", 7, 6),
    fixed("Den české státnosti", 9, 28),
    fixed("Vznik Československa", 10, 28),
    fixed("17. listopad", 11, 17),
    fixed("Štědrý den", 12, 24),
    christmas,
    secondChristmas
  ]),
  calendar("si-national", "Zakon o praznikih in dela prostih dnevih v Republiki Sloveniji", [
    newYear,
    fixed("Novo leto", 1, 2),
    fixed("Prešernov dan", 2, 8),
    easterDay,
    easterMonday,
    fixed("Dan upora", 4, 27),
    labour,
    fixed("Praznik dela", 5, 2),
    whitSunday,
    fixed("Dan državnosti", 6, 25),
    assumption,
    fixed("Dan reformacije", 10, 31),
    allSaints,
    christmas,
    secondChristmas
  ]),
  calendar("au-national", "days held in every state and territory; those of one state are not in it", [
    madeUp("New Year's Day", 1, 1),
    madeUp("Australia Day", 1, 26),
    goodFriday,
    easterMonday,
    fixed("Anzac Day", 4, 25),
    madeUp("Christmas Day", 12, 25),
    madeUp("Boxing Day", 12, 26)
  ]),
  calendar("ru-national", "Labour Code art. 112; without transferred days", [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => fixed("New Year holidays", 1, day)),
    fixed("Defender of the Fatherland", 2, 23),
    fixed("Women's Day", 3, 8),
    labour,
    fixed("Victory Day", 5, 9),
    fixed("Russia Day", 6, 12),
    fixed("Unity Day", 11, 4)
  ])
]

/** Every calendar above, worked out. */
export const holidayCalendars: ReadonlyArray<HolidayCalendar> = holidayRules.map(holidayCalendar)
