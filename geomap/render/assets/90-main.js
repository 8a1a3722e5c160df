// Puts the parts together: folium's map, our sheets on it, the time line, the cards and the list.

const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const isDark = matchMedia("(prefers-color-scheme: dark)");

class Page {
  constructor(data) {
    this.data = data;
    this.map = window[document.querySelector(".folium-map").id];
    this.marks = new Marks(data);
    this.theme = readTheme();
    this.walkAt = -1;
  }

  start() {
    const live = document.getElementById("live");
    live.hidden = false;
    document.getElementById("stage").classList.add("is-live");
    this.setUpMap();
    this.list = new List(this.data, (claim) => this.showClaim(claim));
    if (document.getElementById("time")) {
      this.time = new TimeLine(this.data, (day) => this.setDay(day));
      this.time.start();
      document.getElementById("previous").addEventListener("click", (event) => this.walk(-1, event.currentTarget));
      document.getElementById("next").addEventListener("click", (event) => this.walk(1, event.currentTarget));
    }
    isDark.addEventListener("change", () => this.repaint());
    new ResizeObserver(() => { this.map.invalidateSize({ pan: false }); if (this.time) this.time.draw(); }).observe(live);
    if (matchMedia("(max-width: 640px)").matches) document.getElementById("legend").open = false;
    reportHeight();
  }

  setUpMap() {
    const { map, data } = this;
    const box = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
    map.options.zoomSnap = 0.25;
    map.options.maxBoundsViscosity = 1;
    if (isStill.matches) map._zoomAnimated = map.options.inertia = false;
    // A card is there at once: half-faded words are hard to read.
    map._fadeAnimated = false;
    map.getContainer().classList.remove("leaflet-fade-anim");
    map.invalidateSize({ pan: false });
    map.fitBounds(box(data.home), { animate: false, padding: [28, 28] });
    map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(box(data.window), true)));
    map.setMaxZoom(13);
    map.setMaxBounds(box(data.window));
    map.getContainer().setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom");
    map.getContainer().setAttribute("role", "region");
    this.tameWheel();
    const credits = L.control.attribution({ prefix: "Leaflet" }).addAttribution("Natural Earth, GeoNames").addTo(map);
    // Leaflet takes HTML; who is named for a place is text of others.
    for (const name of new Set(data.credits)) credits.addAttribution(isolated(name).outerHTML);
    this.addViews(box);
    L.control.scale({ imperial: false }).addTo(map);
    const shapes = decodeShapes(data.base.shapes);
    this.ground = new Sheet("ground", "tilePane", (ctx, view) => drawGround(ctx, view, shapes, this.theme)).addTo(map);
    this.sheet = new Sheet("marks", "overlayPane", (ctx, view) => this.drawMarks(ctx, view)).addTo(map);
    map.on("click", (event) => this.click(event));
    map.on("popupopen", () => document.getElementById("stage").classList.add("has-card"));
    map.on("popupclose", () => document.getElementById("stage").classList.remove("has-card"));
    map.on("mousemove", (event) => {
      map.getContainer().classList.toggle("is-pointing", this.marksAt(event).length > 0);
    });
  }

  // Where some marks lie far from the main scene: one button for all of them, and back.
  addViews(box) {
    const { map, data } = this;
    const [home, full] = [box(data.home), box(data.full)];
    if (home.pad(0.3).contains(full)) return;
    const bar = L.control({ position: "topleft" });
    bar.onAdd = () => {
      let isFull = false;
      const around = element("div", "views leaflet-bar");
      const toggle = button("", data.words.page.whole, () => {
        isFull = !isFull;
        map.fitBounds(isFull ? full : home, { animate: false, padding: [28, 28] });
        toggle.textContent = isFull ? data.words.page.home : data.words.page.whole;
      });
      around.append(toggle);
      L.DomEvent.disableClickPropagation(around);
      return around;
    };
    bar.addTo(map);
  }

  // A page that scrolls must not stop at the map: the wheel zooms only once the reader has clicked into it.
  tameWheel() {
    const { map } = this;
    map.scrollWheelZoom.disable();
    map.on("mousedown focus", () => map.scrollWheelZoom.enable());
    map.on("mouseout blur", () => map.scrollWheelZoom.disable());
  }

  drawMarks(ctx, view) {
    this.view = view;
    this.marks.draw(ctx, view, this.theme, Math.min(window.devicePixelRatio || 1, 2), this.controlBoxes(view));
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
    if (this.time) this.time.draw();
  }

  setDay(day) {
    this.marks.show(day);
    this.map.closePopup();
    this.sheet.redraw();
    this.walkAt = -1;
    this.sayWalk();
  }

  marksAt(event) {
    const { x, y } = event.layerPoint.subtract(this.view.min);
    return this.marks.hitsAt(x, y);
  }

  click(event) {
    const found = this.marksAt(event);
    if (found.length) this.open(found, null);
  }

  // Opens the card of marks; the first one gives it place and title.
  open(marks, claim, opener) {
    const { data } = this;
    const spot = data.marks.spot[marks[0]];
    const told = [...new Set(marks.flatMap((mark) => this.marks.told(mark)))];
    const ordered = claim === null ? told : [claim, ...told.filter((other) => other !== claim)];
    const content = card(data, data.spots.name[spot], data.spots.local[spot], ordered, (chosen) => this.list.choose(chosen));
    const size = this.map.getSize();
    const options = { maxWidth: Math.min(340, size.x - 60), minWidth: Math.min(240, size.x - 60),
      maxHeight: Math.max(180, size.y * 0.62), autoPanPadding: [8, 8], offset: [0, -6] };
    const at = [data.spots.lat[spot], data.spots.lng[spot]];
    const popup = L.popup(options).setLatLng(at).setContent(content).openOn(this.map);
    content.addEventListener("keydown", (event) => { if (event.key === "Escape") this.map.closePopup(); });
    if (!opener) return;
    content.focus({ preventScroll: true });
    popup.once("remove", () => { if (document.body.contains(opener)) opener.focus({ preventScroll: true }); });
  }

  // From the list: the day on which it stood, its place in the middle, its card open.
  showClaim(claim) {
    const { data } = this;
    const chain = data.chainOfClaim.get(claim);
    if (chain === undefined) return;
    const isStanding = (mark) => this.marks.active.includes(mark);
    if (data.claims.day[claim] > this.marks.day || !data.marksOfChain[chain].some(isStanding)) {
      this.time.stop();
      this.time.set(data.claims.day[claim]);
    }
    const mark = data.marksOfChain[chain].find(isStanding);
    if (mark === undefined) return;
    const spot = data.marks.spot[mark];
    document.getElementById("stage").scrollIntoView({ block: "nearest" });
    this.map.setView([data.spots.lat[spot], data.spots.lng[spot]], this.map.getZoom(), { animate: false });
    this.open([mark], claim, document.querySelector(`#e${claim} .show`));
  }

  walk(step, opener) {
    const { active } = this.marks;
    if (!active.length) return;
    this.walkAt = (this.walkAt + step + active.length + (this.walkAt < 0 && step < 0 ? 1 : 0)) % active.length;
    const spot = this.data.marks.spot[active[this.walkAt]];
    this.map.setView([this.data.spots.lat[spot], this.data.spots.lng[spot]], this.map.getZoom(), { animate: false });
    const at = this.walkAt;
    this.open([active[at]], null, opener);
    this.walkAt = at;
    this.sayWalk();
  }

  sayWalk() {
    const { words } = this.data;
    const count = this.marks.active.length;
    const isAway = this.walkAt < 0;
    const said = isAway ? words.page.marks : words.page.mark_of;
    document.getElementById("walked").textContent = count
      ? fill(said, { index: this.walkAt + 1, count: count.toLocaleString("en") }) : words.page.no_marks;
  }
}

readData().then((data) => new Page(prepare(data)).start());
