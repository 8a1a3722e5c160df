// A claim as HTML: the same words as in the list. Text goes in by textContent only.

function element(tag, className, ...children) {
  const found = document.createElement(tag);
  if (className) found.className = className;
  for (const child of children) if (child !== null && child !== "") found.append(child);
  return found;
}

const isolated = (text) => element("bdi", "", text);

function sourceLink(data, source) {
  const { url, publisher } = data.sources;
  if (!/^https?:\/\//i.test(url[source])) return isolated(publisher[source]);
  const link = element("a", "", isolated(publisher[source]));
  link.href = url[source];
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return link;
}

function reportParts(data, report) {
  const { texts, words, reports } = data;
  const certainty = texts[reports.certainty[report]];
  const speaker = texts[reports.speaker[report]];
  const says = element("p", "says", element("span", `tag ${certainty}`, words.certainty[certainty]), " ");
  if (speaker) says.append(`${words.page.according} `, isolated(speaker));
  else says.append(words.own_voice);
  const source = reports.source[report];
  const quote = element("blockquote", "", element("p", "", texts[reports.quote[report]]));
  quote.dir = "auto";
  if (source >= 0) quote.lang = data.sources.lang[source];
  const parts = [says, quote];
  if (source >= 0) parts.push(element("p", "cite", sourceLink(data, source), `, ${data.sources.published[source]}`));
  return parts;
}

// `known`: a place that need not be said again.
function entryParts(data, claim, known) {
  const { texts, claims } = data;
  const text = (name) => texts[claims[name][claim]];
  const exactness = text("exactness");
  const facts = exactness ? `${text("when")} · ${exactness}` : text("when");
  const where = text("where") === known ? null : element("b", "", isolated(text("where")));
  const parts = [element("p", "what", where, where && " ", isolated(text("what"))), element("p", "facts", facts)];
  const first = data.firstReport[claim];
  for (let report = first; report < first + claims.reports[claim]; report++) parts.push(...reportParts(data, report));
  const bars = figureBars(data, claim);
  if (bars) parts.push(bars);
  return parts;
}

// Why the program read the sentence so: for those who check it.
function reason(data, claim) {
  const why = data.texts[data.claims.why[claim]];
  return why ? element("details", "why", element("summary", "", data.words.page.why), element("p", "facts", isolated(why))) : null;
}

function button(className, text, onClick) {
  const found = element("button", className, text);
  found.type = "button";
  found.addEventListener("click", onClick);
  return found;
}

const MOST_IN_CARD = 12;

// What stands at a mark: its place, then the claims told by the day shown.
function card(data, title, local, claims, toList) {
  const heading = element("h2", "", isolated(title), local ? element("span", "local", " ", isolated(local)) : null);
  const found = element("div", "card", heading);
  found.dir = document.documentElement.dir;
  for (const claim of claims.slice(0, MOST_IN_CARD)) {
    const show = button("show", data.words.page.show_in_list, () => toList(claim));
    found.append(element("div", "entry", ...entryParts(data, claim, title), reason(data, claim), show));
  }
  if (claims.length > MOST_IN_CARD) {
    found.append(element("p", "facts", fill(data.words.page.earlier, { count: numberWords(claims.length - MOST_IN_CARD, data.words) })));
  }
  found.tabIndex = -1;
  return found;
}
