// What lies under the marks where the user asked for it: background tiles, estimated areas, shapes of the user's own.

const ONLINE_PANE = "online";

class Layers {
  // `day()`: the day on the map.
  constructor(data, day) {
    Object.assign(this, { wanted: data.layers, day });
    const { areas, shapes } = this.wanted;
    this.areas = areas && areas.parts.map((parts) => parts.flat().map(decodeRing));
    this.shapes = (shapes || []).map((shape) => ({ ...shape, rings: shape.parts.map(flatPoints) }));
  }

  addTo(map) {
    this.addBackground(map);
    if (!this.areas && !this.shapes.length) return;
    map.createPane("layers").style.zIndex = 260;
    this.sheet = new Sheet(["layers"], "layers", 0.2, (sheet) => this.paint(sheet.blank("layers"), sheet.view)).addTo(map);
  }

  redraw() {
    if (this.sheet && this.areas) this.sheet.redraw();
  }

  addBackground(map) {
    const { tiles, images } = this.wanted;
    if (!tiles && !images) return;
    map.createPane(ONLINE_PANE).style.zIndex = 250;
    const options = { pane: ONLINE_PANE, attribution: "" };
    // Services that tell their users apart need to know which site asks; the page says nothing else to anyone.
    if (tiles) L.tileLayer(tiles.url, { ...options, maxNativeZoom: tiles.zoom, referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
    if (images) new (imagesClass())({ ...options, minNativeZoom: images.zoom, maxNativeZoom: images.zoom, images: images.tiles }).addTo(map);
  }

  paint(ctx, view) {
    if (this.areas) this.paintAreas(ctx, view);
    for (const shape of this.shapes) PAINT_SHAPE[shape.kind](ctx, view, shape);
  }

  paintAreas(ctx, view) {
    const { start, until, colour } = this.wanted.areas;
    const day = this.day();
    ctx.globalAlpha = 0.2;
    this.areas.forEach((rings, i) => {
      if (start[i] > day || (until[i] >= 0 && day >= until[i])) return;
      trace(ctx, view, rings, true);
      ctx.fillStyle = colour[i];
      ctx.fill("evenodd");
    });
    ctx.globalAlpha = 1;
  }
}

const imagesClass = () => L.GridLayer.extend({
  createTile({ x, y }) {
    const image = element("img", "");
    image.alt = "";
    image.src = this.options.images[`${x}/${y}`] || "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    return image;
  },
});

const flatPoints = (points) => Float64Array.from(points.flatMap(([lng, lat]) => mercator(lng, lat)));

function strokeShape(ctx, view, { rings, colour }, close) {
  trace(ctx, view, rings, close);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.8;
  ctx.stroke();
}

const PAINT_SHAPE = {
  line: (ctx, view, shape) => strokeShape(ctx, view, shape, false),
  area: (ctx, view, shape) => {
    strokeShape(ctx, view, shape, true);
    ctx.globalAlpha = 0.12;
    ctx.fillStyle = shape.colour;
    ctx.fill("evenodd");
    ctx.globalAlpha = 1;
  },
  point: (ctx, view, { rings, colour, name }) => {
    const [x, y] = view.px(rings[0][0], rings[0][1]);
    ctx.beginPath();
    [[0, -5], [5, 0], [0, 5], [-5, 0]].forEach(([dx, dy]) => ctx.lineTo(x + dx, y + dy));
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.font = "12px sans-serif";
    ctx.lineWidth = 3;
    ctx.strokeStyle = "#ffffff";
    ctx.strokeText(name, x + 8, y + 4);
    ctx.fillText(name, x + 8, y + 4);
  },
};
