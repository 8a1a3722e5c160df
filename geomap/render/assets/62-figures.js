// Figures of one fact from different speakers, as bars on one scale: side by side, never added up.

function factMates(data) {
  const { fact, amount } = data.claims;
  const mates = new Map();
  (fact || []).forEach((key, claim) => {
    if (!(amount[claim] > 0)) return;
    if (!mates.has(key)) mates.set(key, []);
    mates.get(key).push(claim);
  });
  for (const [key, claims] of mates) if (new Set(claims.map((claim) => amount[claim])).size < 2) mates.delete(key);
  return mates;
}

// The bars of a claim's fact, its own marked; null where nobody else gives another figure.
function figureBars(data, claim) {
  data.factMates = data.factMates || factMates(data);
  const claims = data.factMates.get(data.claims.fact[claim]);
  if (!claims) return null;
  const { amount, low } = data.claims;
  const ends = (other) => [low[other] || amount[other], amount[other]];
  const most = Math.max(...claims.map((other) => amount[other]));
  const least = Math.min(...claims.map((other) => ends(other)[0]));
  const { words } = data;
  const caption = fill(words.page.figures, { low: numberWords(least, words), high: numberWords(most, words) });
  const rows = [...claims].sort((a, b) => amount[a] - amount[b]).map((other) => {
    const [from, to] = ends(other).map((value) => (100 * value) / most);
    const bar = element("span", "bar");
    // No style attribute gets through the page's policy; the object model does.
    bar.style.insetInlineStart = `${Math.max(0, Math.min(from, to - 2))}%`;
    bar.style.width = `${Math.max(2, to - from)}%`;
    const track = element("span", "track", bar);
    track.setAttribute("aria-hidden", "true");
    return element("li", other === claim ? "own" : "", element("span", "figure", isolated(figureText(data, other))), track);
  });
  return element("div", "range", element("p", "facts", caption), element("ul", "", ...rows));
}

function figureText(data, claim) {
  const { claims, texts, reports, sources } = data;
  const source = reports.source[data.firstReport[claim]];
  const speaker = texts[claims.speaker[claim]] || (source >= 0 ? sources.publisher[source] : "");
  return texts[claims.figure[claim]] + (speaker ? ` · ${speaker}` : "");
}
