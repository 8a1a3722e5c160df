// The address: date, event, filters and view stand in its fragment and come back on opening. What stands there was
// perhaps written by somebody else: only what has the right form is taken, and text stays text.

const LISTS = ["family", "certainty"];
const TEXTS = ["actor", "source", "query", "event"];
const LONGEST = 300;

function readAddress(hash) {
  const found = {};
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  for (const name of LISTS) if (params.has(name)) found[name] = params.get(name).slice(0, LONGEST).split(",");
  for (const name of TEXTS) if (params.has(name)) found[name] = params.get(name).slice(0, LONGEST);
  for (const name of ["day", "from"]) {
    const day = dayOf(params.get(name) || "");
    if (day !== null) found[name] = day;
  }
  const view = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(params.get("view") || "");
  if (view) {
    const [zoom, lat, lng] = view.slice(1).map(Number);
    if (zoom <= 20 && Math.abs(lat) <= 85 && Math.abs(lng) <= 180) found.view = { zoom, lat, lng };
  }
  return found;
}

function writeAddress(state) {
  const params = new URLSearchParams();
  for (const name of ["day", "from"]) if (Number.isFinite(state[name])) params.set(name, isoDay(state[name]));
  for (const name of LISTS) if (state[name].length) params.set(name, state[name].join(","));
  for (const name of TEXTS) if (state[name]) params.set(name, state[name]);
  const { view } = state;
  if (view) params.set("view", `${Number(view.zoom.toFixed(2))}/${view.lat.toFixed(4)}/${view.lng.toFixed(4)}`);
  // Slashes and commas are allowed in a fragment and easier to read.
  return params.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}

class Address {
  constructor(state) {
    this.state = state;
    this.wait = null;
  }

  // Browsers allow about a hundred changes in half a minute: one a pause is enough.
  touch() {
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.write(), 200);
  }

  write() {
    const fragment = writeAddress(this.state());
    if (`#${fragment}` === location.hash || (!fragment && !location.hash)) return;
    try {
      history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
    } catch {
      // A frame whose address is not its own keeps it.
    }
  }
}
