// Puts the parts together: folium's map, our sheets on it, the time line, the filters, the cards and the list.

const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const isDark = matchMedia("(prefers-color-scheme: dark)");

// A page in the background paints nothing: it need not wait.
const painted = () => Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), new Promise((done) => setTimeout(done, 300))]);

class Page {
  constructor(data) {
    this.data = data;
    this.stage = document.getElementById("stage");
    this.map = window[document.querySelector(".folium-map").id];
    this.marks = new Marks(data);
    this.painter = new Painter(this.marks, new Names(this.marks), (view) => this.controlBoxes(view));
    this.filter = new Filter(data);
    this.theme = readTheme();
    this.hasMoved = false;
    this.address = new Address(() => this.state());
    this.cards = new Cards(this);
  }

  start() {
    setUpMap(this.map, this.data);
    const wanted = readAddress(location.hash);
    this.setUpTime();
    this.restore(wanted);
    this.marks.show(this.day, this.from, this.mask);
    this.addSheets();
    if (matchMedia("(max-width: 640px)").matches || (isFramed && innerWidth < 900)) document.getElementById("legend").open = false;
    // The map is seen first; the list, the filters and what waits for clicks come right after.
    painted().then(() => {
      this.setUpList(wanted);
      this.listen();
      reportHeight();
      this.stage.classList.add("is-ready");
    });
  }

  setUpTime() {
    this.day = this.data.asOf;
    this.from = -Infinity;
    this.mask = null;
    this.walk = new Walk(this);
    if (!document.getElementById("time")) return;
    this.time = new TimeLine(this.data, (day, from) => this.setDay(day, from));
    this.time.start();
  }

  // What the address says, before anything is painted.
  restore(wanted) {
    this.filter.set(wanted);
    this.mask = this.filter.mask();
    const { view } = wanted;
    if (view) this.map.setView([view.lat, view.lng], view.zoom, { animate: false });
    this.hasMoved = Boolean(view);
    if (!this.time) return;
    const { first, last } = this.time;
    const within = (day) => Math.max(first, Math.min(last, day));
    this.time.isTouched = wanted.day !== undefined || wanted.from !== undefined;
    this.day = this.time.day = within(wanted.day ?? last);
    this.from = this.time.from = wanted.from === undefined ? -Infinity : Math.min(within(wanted.from), this.day);
    this.time.say();
    this.time.measure(this.mask);
  }

  addSheets() {
    const { map, data } = this;
    const shapes = decodeShapes(data.base.shapes);
    this.ground = new Sheet(["ground"], "tilePane", 0.2, (sheet) => drawGround(sheet.blank("ground"), sheet.view, shapes, this.theme)).addTo(map);
    this.layers = new Layers(data, () => this.day);
    this.layers.addTo(map);
    this.sheet = new Sheet(["areas", "people", "marks", "names"], "overlayPane", 0.1, (sheet) => this.painter.paint(sheet, this.theme)).addTo(map);
    this.walk.say();
  }

  setUpList(wanted) {
    this.list = new List(this.data, (claim) => this.cards.showClaim(claim));
    this.form = new FilterForm(this.data, this.filter, () => this.setFilter());
    addDownloads(this.data, () => this.list.order.filter((claim) => this.isListed(claim)));
    this.form.read();
    this.showList();
    this.openWanted(wanted);
  }

  openWanted({ event, day }) {
    const claim = event ? this.data.claims.id.indexOf(event) : -1;
    if (claim >= 0) this.cards.openClaim(claim, day === undefined);
  }

  listen() {
    const { map } = this;
    isDark.addEventListener("change", () => this.repaint());
    // On paper nobody can unfold it.
    window.addEventListener("beforeprint", () => { document.getElementById("legend").open = true; });
    new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (this.time) this.time.measure();
    }).observe(document.getElementById("live"));
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => map.getContainer().classList.toggle("is-pointing", this.marksAt(event).length > 0));
    const moved = () => { this.hasMoved = true; this.address.touch(); };
    map.on("dragend zoomend", moved);
    map.getContainer().addEventListener("keyup", (event) => { if (event.key.startsWith("Arrow")) moved(); });
    window.addEventListener("hashchange", () => {
      const wanted = readAddress(location.hash);
      this.restore(wanted);
      this.form.read();
      this.setFilter();
      this.openWanted(wanted);
    });
  }

  state() {
    const { filter, map, time, cards } = this;
    const center = map.getCenter();
    return {
      day: time && time.isTouched ? this.day : null, from: this.from, event: cards.event < 0 ? "" : this.data.claims.id[cards.event],
      family: [...filter.family], certainty: [...filter.certainty], actor: filter.actor, source: filter.source, query: filter.query,
      view: this.hasMoved ? { zoom: map.getZoom(), lat: center.lat, lng: center.lng } : null,
    };
  }

  controlBoxes(view) {
    const from = this.stage.getBoundingClientRect();
    const shift = this.map.layerPointToContainerPoint(view.min);
    return [...this.stage.querySelectorAll(".leaflet-control, .where, .north")].map((found) => {
      const box = found.getBoundingClientRect();
      const [x, y] = [box.left - from.left - shift.x, box.top - from.top - shift.y];
      return [x, y, x + box.width, y + box.height];
    });
  }

  repaint() {
    this.theme = readTheme();
    sprites.clear();
    this.ground.redraw();
    this.sheet.redraw();
    if (this.time) this.time.measure();
  }

  setDay(day, from) {
    const isOtherPeriod = from !== this.from || from !== -Infinity;
    Object.assign(this, { day, from });
    this.cards.close();
    this.layers.redraw();
    this.painter.step(this.sheet, this.marks.show(day, from, this.mask), this.theme);
    this.walk.restart();
    if (isOtherPeriod) this.showListSoon();
    this.address.touch();
  }

  setFilter() {
    this.mask = this.filter.mask();
    this.marks.show(this.day, this.from, this.mask);
    this.cards.close();
    this.sheet.redraw();
    if (this.time) this.time.measure(this.mask);
    this.walk.restart();
    this.showList();
    this.address.touch();
  }

  isListed(claim) {
    const day = this.data.claims.day[claim];
    return (!this.mask || this.mask[claim] === 1) && (this.from === -Infinity || (day >= this.from && day <= this.day));
  }

  showList() {
    clearTimeout(this.listWait);
    if (!this.list) return;
    const isWhole = !this.mask && this.from === -Infinity;
    this.list.show(isWhole ? null : (claim) => this.isListed(claim));
    const shown = isWhole ? this.filter.count : this.list.order.reduce((sum, claim) => sum + (this.isListed(claim) ? 1 : 0), 0);
    this.form.say(shown);
  }

  showListSoon() {
    clearTimeout(this.listWait);
    this.listWait = setTimeout(() => this.showList(), 150);
  }

  marksAt(event) {
    const { x, y } = event.layerPoint.subtract(this.sheet.view.min);
    return this.painter.hitsAt(x, y);
  }

  click(event) {
    const found = this.marksAt(event);
    if (found.length) this.cards.open(found, null);
  }

  clearFilter() {
    this.filter.clear();
    this.form.read();
    if (this.time && this.from !== -Infinity) this.time.set(this.day, -Infinity);
    this.setFilter();
  }

}

// Inside another page the list scrolls by itself, so keys have to reach it.
function fitFrame() {
  document.documentElement.classList.add("is-framed");
  const list = document.getElementById("events");
  list.tabIndex = 0;
  list.setAttribute("role", "region");
  list.setAttribute("aria-labelledby", "events-heading");
}

// The one name that the page has beside Leaflet's and folium's: called once all is unpacked.
window.startGeomap = (data) => {
  if (isFramed) fitFrame();
  defineSheet();
  new Page(prepare(data)).start();
};
