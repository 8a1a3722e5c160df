// Cards on the map: what stands at a mark, linked both ways with the list.

class Cards {
  constructor(page) {
    Object.assign(this, { page, data: page.data, map: page.map });
    // The claim a card tells of first, -1 where none is open.
    this.event = -1;
    this.map.on("popupopen", () => page.stage.classList.add("has-card"));
    this.map.on("popupclose", () => { page.stage.classList.remove("has-card"); this.event = -1; page.address.touch(); });
  }

  close() {
    if (this.map._popup) this.map.closePopup();
  }

  // Opens the card of marks; the first one gives it place and title. `opener` has the focus again once it is closed.
  open(marks, claim, opener) {
    const { data, page } = this;
    if (!page.list) return;
    const spot = data.marks.spot[marks[0]];
    const told = [...new Set(marks.flatMap((mark) => page.marks.told(mark)))];
    const ordered = claim === null ? told : [claim, ...told.filter((other) => other !== claim)];
    const content = card(data, data.spots.name[spot], data.spots.local[spot], ordered, (chosen) => this.choose(chosen));
    const popup = this.show(content, [data.spots.lat[spot], data.spots.lng[spot]]);
    this.event = ordered[0] ?? -1;
    page.list.choose(this.event, false);
    page.address.touch();
    if (!opener) return;
    content.focus({ preventScroll: true });
    popup.once("remove", () => { if (document.body.contains(opener)) opener.focus({ preventScroll: true }); });
  }

  show(content, at) {
    const { map, data } = this;
    const size = map.getSize();
    const options = { maxWidth: Math.min(340, size.x - 60), minWidth: Math.min(240, size.x - 60),
      maxHeight: Math.max(180, size.y * 0.62), autoPanPadding: [8, 8], offset: [0, -6] };
    const popup = L.popup(options).setLatLng(at).setContent(content).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", data.words.page.close);
    content.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    return popup;
  }

  // From a card to the list; a filter that hides the entry gives way.
  choose(claim) {
    const { page } = this;
    if (page.list.choose(claim)) return;
    page.clearFilter();
    page.list.choose(claim);
  }

  // From the list: the day on which it stood, its place in the middle, its card open.
  showClaim(claim) {
    this.openClaim(claim, true, document.querySelector(`#e${claim} .show`));
    this.page.stage.scrollIntoView({ block: "nearest" });
  }

  // `mayGo`: to another day, where it does not stand on this one.
  openClaim(claim, mayGo, opener) {
    const { data, page } = this;
    const chain = data.chainOfClaim.get(claim);
    if (chain === undefined || !page.time) return void page.list.choose(claim);
    const isStanding = (mark) => page.marks.isActive[mark] === 1;
    if (mayGo && (data.claims.day[claim] > page.day || !data.marksOfChain[chain].some(isStanding))) {
      page.time.stop();
      page.time.set(data.claims.day[claim]);
    }
    const mark = data.marksOfChain[chain].find(isStanding);
    if (mark === undefined) return;
    this.center(mark);
    this.open([mark], claim, opener);
  }

  center(mark) {
    const { spots, marks } = this.data;
    const spot = marks.spot[mark];
    this.map.setView([spots.lat[spot], spots.lng[spot]], this.map.getZoom(), { animate: false });
  }
}
