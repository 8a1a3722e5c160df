// The data: one JSON object of columns.

// Words by number, one character each: 0 ends a text, 1 is the next rare word. See render/packing.py.
function unpackTexts({ words, rare, coded }) {
  const known = words.split(" ");
  const others = rare.split(" ");
  const texts = [];
  let text = [];
  for (let i = 0, next = 0; i < coded.length; i++) {
    const code = coded.charCodeAt(i) - 0x3f;
    if (code > 1) text.push(known[code - 2]);
    else if (code) text.push(others[next++]);
    else texts.push(text.join(" ")), text = [];
  }
  return texts;
}

// Columns named "spot+" hold steps.
function unpackColumns(table) {
  for (const name of Object.keys(table).filter((key) => key.endsWith("+"))) {
    let sum = 0;
    table[name.slice(0, -1)] = table[name].map((step) => (sum += step));
    delete table[name];
  }
}

function unpackLists({ sizes, items }) {
  let next = 0;
  return sizes.map((size) => items.slice(next, next += size));
}

function unpack(data) {
  ["claims", "reports", "marks", "spots", "chains"].forEach((name) => unpackColumns(data[name]));
  data.chains = unpackLists(data.chains);
  if (data.packed) data.texts = unpackTexts(data.packed);
  delete data.packed;
}

// Claims know how many reports they have; the reports themselves follow each other in one table.
function firstReports(counts) {
  let next = 0;
  return counts.map((count) => { next += count; return next - count; });
}

// Which chain (claims of one place and family) each claim is in, and which marks stand for a chain.
function linkMarks(data) {
  const marks = data.marks;
  data.marksOfChain = data.chains.map(() => []);
  (marks.chain || []).forEach((chain, mark) => data.marksOfChain[chain].push(mark));
  data.chainOfClaim = new Map();
  data.chains.forEach((claims, chain) => claims.forEach((claim) => data.chainOfClaim.set(claim, chain)));
}

function prepare(data) {
  unpack(data);
  data.firstReport = firstReports(data.claims.reports || []);
  linkMarks(data);
  return data;
}
