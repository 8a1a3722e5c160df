// Puts the parts together: folium's map, our sheets on it, the time line, the filters, the cards and the list.

const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const isDark = matchMedia("(prefers-color-scheme: dark)");

// A page in the background paints nothing: it need not wait.
const painted = () => Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), new Promise((done) => setTimeout(done, 300))]);

class Page {
  constructor(data) {
    this.data = data;
    this.map = window[document.querySelector(".folium-map").id];
    this.marks = new Marks(data);
    this.painter = new Painter(this.marks, new Names(this.marks), (view) => this.controlBoxes(view));
    this.filter = new Filter(data);
    this.theme = readTheme();
    this.walkAt = -1;
    this.event = -1;
    this.hasMoved = false;
    this.address = new Address(() => this.state());
  }

  start() {
    const live = document.getElementById("live");
    live.hidden = false;
    if (isFramed) this.fitFrame();
    document.getElementById("stage").classList.add("is-live");
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
      this.listen(live);
      reportHeight();
      document.getElementById("stage").classList.add("is-ready");
    });
  }

  // Inside another page the list scrolls by itself, so keys have to reach it.
  fitFrame() {
    document.documentElement.classList.add("is-framed");
    const list = document.getElementById("events");
    list.tabIndex = 0;
    list.setAttribute("role", "region");
    list.setAttribute("aria-labelledby", "events-heading");
  }

  setUpTime() {
    this.day = this.data.asOf;
    this.from = -Infinity;
    this.mask = null;
    if (!document.getElementById("time")) return;
    this.time = new TimeLine(this.data, (day, from) => this.setDay(day, from));
    this.time.start();
    document.getElementById("previous").addEventListener("click", (event) => this.walk(-1, event.currentTarget));
    document.getElementById("next").addEventListener("click", (event) => this.walk(1, event.currentTarget));
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
    this.ground = new Sheet(["ground"], "tilePane", (sheet) => drawGround(sheet.blank("ground"), sheet.view, shapes, this.theme)).addTo(map);
    this.layers = new Layers(data, () => this.day);
    this.layers.addTo(map);
    this.sheet = new Sheet(["areas", "people", "marks", "names"], "overlayPane", (sheet) => this.painter.paint(sheet, this.theme)).addTo(map);
    this.sayWalk();
  }

  setUpList(wanted) {
    this.list = new List(this.data, (claim) => this.showClaim(claim));
    this.form = new FilterForm(this.data, this.filter, () => this.setFilter());
    addDownloads(this.data, () => this.list.order.filter((claim) => this.isListed(claim)));
    this.form.read();
    this.showList();
    const claim = wanted.event ? this.data.claims.id.indexOf(wanted.event) : -1;
    if (claim >= 0) this.openClaim(claim, wanted.day === undefined);
  }

  listen(live) {
    const { map } = this;
    const stage = document.getElementById("stage");
    isDark.addEventListener("change", () => this.repaint());
    new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (this.time) this.time.measure();
    }).observe(live);
    map.on("click", (event) => this.click(event));
    map.on("popupopen", () => stage.classList.add("has-card"));
    map.on("popupclose", () => { stage.classList.remove("has-card"); this.event = -1; this.address.touch(); });
    map.on("mousemove", (event) => map.getContainer().classList.toggle("is-pointing", this.marksAt(event).length > 0));
    const moved = () => { this.hasMoved = true; this.address.touch(); };
    map.on("dragend zoomend", moved);
    map.getContainer().addEventListener("keyup", (event) => { if (event.key.startsWith("Arrow")) moved(); });
    window.addEventListener("hashchange", () => {
      const wanted = readAddress(location.hash);
      this.restore(wanted);
      this.form.read();
      this.setFilter();
      const claim = wanted.event ? this.data.claims.id.indexOf(wanted.event) : -1;
      if (claim >= 0) this.openClaim(claim, wanted.day === undefined);
    });
  }

  state() {
    const { filter, map, time } = this;
    const center = map.getCenter();
    return {
      day: time && time.isTouched ? this.day : null, from: this.from, event: this.event < 0 ? "" : this.data.claims.id[this.event],
      family: [...filter.family], certainty: [...filter.certainty], actor: filter.actor, source: filter.source, query: filter.query,
      view: this.hasMoved ? { zoom: map.getZoom(), lat: center.lat, lng: center.lng } : null,
    };
  }

  controlBoxes(view) {
    const stage = document.getElementById("stage");
    const from = stage.getBoundingClientRect();
    const shift = this.map.layerPointToContainerPoint(view.min);
    return [...stage.querySelectorAll(".leaflet-control, .where, .north")].map((found) => {
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
    if (this.map._popup) this.map.closePopup();
    this.layers.redraw();
    this.painter.step(this.sheet, this.marks.show(day, from, this.mask), this.theme);
    this.walkAt = -1;
    this.sayWalk();
    if (isOtherPeriod) this.showListSoon();
    this.address.touch();
  }

  setFilter() {
    this.mask = this.filter.mask();
    this.marks.show(this.day, this.from, this.mask);
    this.map.closePopup();
    this.sheet.redraw();
    if (this.time) this.time.measure(this.mask);
    this.walkAt = -1;
    this.sayWalk();
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
    if (found.length) this.open(found, null);
  }

  // Opens the card of marks; the first one gives it place and title.
  open(marks, claim, opener) {
    if (!this.list) return;
    const { data, map } = this;
    const spot = data.marks.spot[marks[0]];
    const told = [...new Set(marks.flatMap((mark) => this.marks.told(mark)))];
    const ordered = claim === null ? told : [claim, ...told.filter((other) => other !== claim)];
    const content = card(data, data.spots.name[spot], data.spots.local[spot], ordered, (chosen) => this.choose(chosen));
    const size = map.getSize();
    const options = { maxWidth: Math.min(340, size.x - 60), minWidth: Math.min(240, size.x - 60),
      maxHeight: Math.max(180, size.y * 0.62), autoPanPadding: [8, 8], offset: [0, -6] };
    const popup = L.popup(options).setLatLng([data.spots.lat[spot], data.spots.lng[spot]]).setContent(content).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", data.words.page.close);
    this.event = ordered[0] ?? -1;
    this.list.choose(this.event, false);
    this.address.touch();
    content.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    if (!opener) return;
    content.focus({ preventScroll: true });
    popup.once("remove", () => { if (document.body.contains(opener)) opener.focus({ preventScroll: true }); });
  }

  // From a card to the list; a filter that hides the entry gives way.
  choose(claim) {
    if (this.list.choose(claim)) return;
    this.filter.clear();
    this.form.read();
    if (this.time && this.from !== -Infinity) this.time.set(this.day, -Infinity);
    this.setFilter();
    this.list.choose(claim);
  }

  // From the list: the day on which it stood, its place in the middle, its card open.
  showClaim(claim) {
    this.openClaim(claim, true, document.querySelector(`#e${claim} .show`));
    document.getElementById("stage").scrollIntoView({ block: "nearest" });
  }

  // `mayGo`: to another day, where it does not stand on this one.
  openClaim(claim, mayGo, opener) {
    const { data } = this;
    const chain = data.chainOfClaim.get(claim);
    if (chain === undefined || !this.time) return void this.list.choose(claim);
    const isStanding = (mark) => this.marks.isActive[mark] === 1;
    if (mayGo && (data.claims.day[claim] > this.day || !data.marksOfChain[chain].some(isStanding))) {
      this.time.stop();
      this.time.set(data.claims.day[claim]);
    }
    const mark = data.marksOfChain[chain].find(isStanding);
    if (mark === undefined) return;
    const spot = data.marks.spot[mark];
    this.map.setView([data.spots.lat[spot], data.spots.lng[spot]], this.map.getZoom(), { animate: false });
    this.open([mark], claim, opener);
  }

  walk(step, opener) {
    // By place, as the data has them; what stands on each other for a day follows that day.
    const active = [...this.marks.active].sort((a, b) => a - b);
    if (!active.length) return;
    const at = (this.walkAt + step + active.length + (this.walkAt < 0 && step < 0 ? 1 : 0)) % active.length;
    const spot = this.data.marks.spot[active[at]];
    this.map.setView([this.data.spots.lat[spot], this.data.spots.lng[spot]], this.map.getZoom(), { animate: false });
    this.open([active[at]], null, opener);
    this.walkAt = at;
    this.sayWalk();
  }

  sayWalk() {
    const walked = document.getElementById("walked");
    if (!walked) return;
    const { words } = this.data;
    const count = this.marks.active.length;
    const said = this.walkAt < 0 ? words.page.marks : words.page.mark_of;
    walked.textContent = count ? fill(said, { index: this.walkAt + 1, count: numberWords(count, words) }) : words.page.no_marks;
  }
}

readData().then((data) => new Page(prepare(data)).start());
