// Sets up folium's map: where it may go, what lies on it, how it is moved without getting in a page's way.

const boxOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);

function setUpMap(map, data) {
  map.options.zoomSnap = 0.25;
  map.options.maxBoundsViscosity = 1;
  if (isStill.matches) map._zoomAnimated = map.options.inertia = false;
  // A card is there at once: half-faded words are hard to read.
  map._fadeAnimated = false;
  map.getContainer().classList.remove("leaflet-fade-anim");
  map.invalidateSize({ pan: false });
  map.fitBounds(boxOf(data.home), { animate: false, padding: [28, 28] });
  map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(boxOf(data.window), true)));
  map.setMaxZoom(13);
  map.setMaxBounds(boxOf(data.window));
  map.getContainer().setAttribute("aria-label", data.words.page.map_keys);
  map.getContainer().setAttribute("role", "region");
  const [closer, farther] = map.getContainer().querySelectorAll(".leaflet-control-zoom a");
  for (const [link, words] of [[closer, data.words.page.zoom_in], [farther, data.words.page.zoom_out]]) {
    if (!link) continue;
    link.title = words;
    link.setAttribute("aria-label", words);
  }
  tameWheel(map);
  tameTouch(map, data);
  const credits = L.control.attribution({ prefix: "Leaflet" }).addAttribution("Natural Earth, GeoNames").addTo(map);
  // Leaflet takes HTML; who is named for a place is text of others.
  for (const name of new Set(data.credits)) credits.addAttribution(isolated(name).outerHTML);
  addViews(map, data);
  L.control.scale({ imperial: false }).addTo(map);
}

// A page that scrolls must not stop at the map: the wheel zooms only once the reader has clicked into it.
function tameWheel(map) {
  map.scrollWheelZoom.disable();
  map.on("mousedown focus", () => map.scrollWheelZoom.enable());
  map.on("mouseout blur", () => map.scrollWheelZoom.disable());
}

// Nor must a finger: one moves the page, two move the map; who tries with one is told.
function tameTouch(map, data) {
  const box = map.getContainer();
  const hint = element("p", "hint", data.words.page.two_fingers);
  hint.setAttribute("aria-hidden", "true");
  box.append(hint);
  let start = null;
  let wait = null;
  box.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") map.dragging.enable(); }, true);
  box.addEventListener("touchstart", (event) => {
    map.dragging.disable();
    start = event.touches.length === 1 && !event.target.closest(".leaflet-popup, .leaflet-control") ? event.touches[0] : null;
  }, { capture: true, passive: true });
  box.addEventListener("touchmove", (event) => {
    if (!start || event.touches.length > 1) return;
    const { clientX, clientY } = event.touches[0];
    if (Math.hypot(clientX - start.clientX, clientY - start.clientY) < 24) return;
    start = null;
    box.classList.add("is-hinting");
    clearTimeout(wait);
    wait = setTimeout(() => box.classList.remove("is-hinting"), 1200);
  }, { passive: true });
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}

// Where some marks lie far from the main scene: one button for all of them, and back.
function addViews(map, data) {
  const [home, full] = [boxOf(data.home), boxOf(data.full)];
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
