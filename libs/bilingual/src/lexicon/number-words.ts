/** Number words. `maybe`: articles and words that need no counterpart ("un nodulo", "a nodule", "solitary"). */
export type NumberWord = {
  readonly value: number;
  readonly unit?: 'percent' | 'months' | 'hours';
  readonly maybe?: true;
};

const exactly = (value: number, es: string, en: string): readonly [NumberWord, string, string] => [{ value }, es, en];

export const numberWords: readonly (readonly [NumberWord, es: string, en: string])[] = [
  [{ value: 1, maybe: true }, 'un, una, uno, unico, unica, solitari*', 'a, an, one, single, solitary'],
  [{ value: 1 }, 'primer, primero, primera, primeros', 'first'],
  [{ value: 2, maybe: true }, 'ambos, ambas', 'both, two sides, either'],
  exactly(
    2,
    'dos, par, pareja, doble, segundo, segunda, bicameral, dobles, media docena menos',
    'two, pair, couple, double, dual, second, twice',
  ),
  exactly(3, 'tres, triple, tercer, tercero, tercera', 'three, triple, third, thrice'),
  exactly(4, 'cuatro, cuarto, cuarta', 'four, fourth, quadruple'),
  exactly(5, 'cinco, quinto, quinta', 'five, fifth'),
  exactly(6, 'seis, sexto, sexta, media docena', 'six, sixth, half a dozen'),
  exactly(7, 'siete, septimo, septima', 'seven, seventh'),
  exactly(8, 'ocho, octavo, octava', 'eight, eighth'),
  exactly(9, 'nueve, noveno, novena', 'nine, ninth'),
  exactly(10, 'diez, decimo, decima', 'ten, tenth'),
  exactly(11, 'once, undecimo, undecima', 'eleven, eleventh'),
  exactly(12, 'doce, docena, duodecimo, duodecima', 'twelve, dozen, twelfth'),
  exactly(13, 'trece', 'thirteen'),
  exactly(14, 'catorce', 'fourteen'),
  exactly(15, 'quince', 'fifteen'),
  exactly(16, 'dieciseis', 'sixteen'),
  exactly(18, 'dieciocho', 'eighteen'),
  exactly(20, 'veinte', 'twenty'),
  exactly(24, 'veinticuatro', 'twenty four'),
  exactly(30, 'treinta', 'thirty'),
  exactly(40, 'cuarenta', 'forty'),
  exactly(50, 'cincuenta', 'fifty'),
  exactly(60, 'sesenta', 'sixty'),
  exactly(70, 'setenta', 'seventy'),
  exactly(80, 'ochenta', 'eighty'),
  exactly(90, 'noventa', 'ninety'),
  [{ value: 50, unit: 'percent' }, 'mitad', 'half'],
  [{ value: 100 / 3, unit: 'percent' }, 'un tercio', 'one third, a third'],
  [{ value: 200 / 3, unit: 'percent' }, 'dos tercios', 'two thirds'],
  [{ value: 25, unit: 'percent' }, 'una cuarta parte, un cuarto', 'a quarter, one quarter, quarter'],
  [{ value: 75, unit: 'percent' }, 'tres cuartas partes, tres cuartos', 'three quarters'],
  // A third of a bone, not the third of a series.
  [
    { value: 3, maybe: true },
    'tercio, tercios',
    'middle third, mid third, upper third, lower third, distal third, proximal third, inner third, outer third, third of the, lateral third, medial third, thirds',
  ],
  [{ value: 24, unit: 'hours', maybe: true }, 'ayer, diari*', 'yesterday, daily, the day before'],
  [{ value: 168, unit: 'hours', maybe: true }, 'semanal*, la semana pasada', 'weekly, last week'],
  [{ value: 336, unit: 'hours', maybe: true }, 'quincena, quincenal', 'fortnight, fortnightly'],
  [{ value: 1, unit: 'months', maybe: true }, 'mensual*, el mes pasado', 'monthly, last month'],
  [{ value: 6, unit: 'months', maybe: true }, 'semestral*, medio ano', 'half a year, six monthly, half yearly'],
  [{ value: 12, unit: 'months', maybe: true }, 'anual*, el ano pasado', 'annual*, yearly, last year'],
  [{ value: 0.5, unit: 'hours', maybe: true }, 'media hora', 'half an hour'],
  [{ value: 0, maybe: true }, 'cero', 'zero'],
];

/** English months in order; Spanish ones beside them. The value is the month of the year. */
export const months: readonly (readonly [value: number, es: string, en: string])[] = [
  [1, 'enero, ene', 'january, jan'],
  [2, 'febrero, feb', 'february, feb'],
  [3, 'marzo, mar', 'march, mar'],
  [4, 'abril, abr', 'april, apr'],
  [5, 'mayo', 'may'],
  [6, 'junio, jun', 'june, jun'],
  [7, 'julio, jul', 'july, jul'],
  [8, 'agosto, ago', 'august, aug'],
  [9, 'septiembre, setiembre, sept, sep', 'september, sept, sep'],
  [10, 'octubre, oct', 'october, oct'],
  [11, 'noviembre, nov', 'november, nov'],
  [12, 'diciembre, dic', 'december, dec'],
];

/** Units that one language may give for another: the quantity, and how many of its base unit one of them is. */
export const units: readonly (readonly [
  unit: readonly [quantity: Quantity, factor: number],
  es: string,
  en: string,
])[] = [
  [['mm', 1], 'mm, milimetro*', 'mm, millimet*'],
  [['mm', 10], 'cm, cms, centimetro*', 'cm, cms, centimet*'],
  [['ml', 1], 'ml, cc, mililitro*, cm3', 'ml, cc, millilit*, mls'],
  [['ml', 1000], 'litro*, lt', 'litre*, liter*'],
  [['percent', 1], 'por ciento', 'percent, per cent'],
  [['hours', 1], 'hora, horas, hrs', 'hour*, hrs, hr'],
  [['hours', 24], 'dia, dias', 'day, days'],
  [['hours', 168], 'semana, semanas, sem', 'week, weeks, wk, wks'],
  [['months', 1], 'mes, meses', 'month*'],
  [['months', 12], 'ano, anos', 'year, years, yr, yrs, yo'],
  [['degrees', 1], 'grados', 'degree, degrees'],
  [['grams', 1], 'gr, gramo*', 'gram*'],
  [['grams', 1000], 'kg', 'kg'],
];

/** `count` has no unit, or one that both languages write alike (French, gauge, vertebrae). `clock` is in minutes, a date is yyyymmdd. */
export type Quantity =
  'count' | 'mm' | 'ml' | 'percent' | 'hours' | 'months' | 'degrees' | 'grams' | 'level' | 'clock' | 'date';
