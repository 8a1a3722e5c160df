// Days are whole days since 1970-01-01. Words, months and the form of numbers come from the language's YAML file.

const DAY = 86400000;

function dateWords(day, words) {
  const date = new Date(day * DAY);
  return fill(words.date, { day: date.getUTCDate(), month: words.months[date.getUTCMonth()], year: date.getUTCFullYear() });
}

const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// The number of a day written as 2020-02-08, null for anything else.
function dayOf(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / DAY;
}

// Fills "{name}" in a phrase; the values are text and stay text.
function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? String(values[name]) : all));
}

const numberWords = (count, words) => String(count).replace(/\B(?=(\d{3})+$)/g, words.thousands);
