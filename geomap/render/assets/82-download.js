// The events as files, made in the page: GeoJSON and CSV of what the list shows.

const COLUMNS = ["id", "family", "section", "date", "when", "what", "where", "lng", "lat", "geo_precision", "radius_km",
  "parties", "certainty", "attributed_to", "quantity", "quantity_low", "quote", "source", "title", "published", "url", "reports"];
// Spreadsheets run a cell that begins with one of these as a formula.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

function claimRecord(data, claim) {
  const { claims, texts, reports, sources, spots } = data;
  const text = (name) => texts[claims[name][claim]];
  const [spot, report] = [claims.spot[claim], data.firstReport[claim]];
  const source = reports.source[report];
  const cited = (name) => (source >= 0 ? sources[name][source] : "");
  return {
    id: claims.id[claim], family: text("family"), section: text("section"),
    date: claims.day[claim] >= 0 ? isoDay(claims.day[claim]) : "", when: text("when"), what: text("what"), where: text("where"),
    lng: spot < 0 ? "" : spots.lng[spot], lat: spot < 0 ? "" : spots.lat[spot],
    geo_precision: spot < 0 ? "" : spots.precision[spot], radius_km: spot < 0 ? "" : spots.radius[spot],
    parties: data.parties[claims.parties[claim]].map((name) => texts[name]).join("; "),
    certainty: text("certainty"), attributed_to: text("speaker"),
    quantity: claims.amount[claim] || "", quantity_low: claims.low[claim] || "",
    quote: texts[reports.quote[report]], source: cited("publisher"), title: cited("title"), published: cited("published"), url: cited("url"),
    reports: claims.reports[claim],
  };
}

function csvCell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toCsv(data, claims) {
  const rows = claims.map((claim) => claimRecord(data, claim)).map((record) => COLUMNS.map((name) => csvCell(record[name])).join(","));
  // With a mark at the start, spreadsheets read it as UTF-8.
  return `\ufeff${[COLUMNS.join(","), ...rows].join("\r\n")}\r\n`;
}

function toGeojson(data, claims) {
  const features = claims.map((claim) => {
    const { lng, lat, ...properties } = claimRecord(data, claim);
    const geometry = lng === "" ? null : { type: "Point", coordinates: [lng, lat] };
    return { type: "Feature", id: properties.id, geometry, properties };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}

function offer(text, type, name) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// `claims()`: which claims are wanted when a button is pressed.
function addDownloads(data, claims) {
  const words = document.title.normalize("NFKD").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const name = words.join("-").slice(0, 60) || "events";
  const add = (label, write, type, ending) => button("", label, () => offer(write(data, claims()), type, `${name}.${ending}`));
  document.getElementById("downloads").append(
    add("GeoJSON", toGeojson, "application/geo+json", "geojson"), add("CSV", toCsv, "text/csv", "csv"));
  document.getElementById("downloads").hidden = false;
}
