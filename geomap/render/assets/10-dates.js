// Days are whole days since 1970-01-01.

function dateWords(day, words) {
  const date = new Date(day * 86400000);
  return `${date.getUTCDate()} ${words.months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

// Fills "{name}" in a phrase; the values are text and stay text.
function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}
