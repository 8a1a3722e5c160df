// The basemap: Natural Earth's shapes, as steps of thousandths of a degree.

function decodeRing(ring) {
  const points = new Float64Array(ring.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    [points[i], points[i + 1]] = mercator(x / 1000, y / 1000);
  }
  return points;
}

function decodeShapes(shapes) {
  return Object.fromEntries(Object.entries(shapes).map(([name, parts]) => [name, parts.flat().map(decodeRing)]));
}

function trace(ctx, view, rings, close) {
  ctx.beginPath();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const x = ring[i] * view.scale - view.left;
      const y = ring[i + 1] * view.scale - view.top;
      if (i) ctx.lineTo(x, y); else ctx.moveTo(x, y);
    }
    if (close) ctx.closePath();
  }
}

function drawGround(ctx, view, shapes, theme) {
  const stroke = (name, colour, width, dash) => {
    trace(ctx, view, shapes[name] || [], false);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash || []);
    ctx.stroke();
  };
  const fillArea = (name, colour) => {
    trace(ctx, view, shapes[name] || [], true);
    ctx.fillStyle = colour;
    ctx.fill();
  };
  ctx.lineJoin = "round";
  fillArea("land", theme.land);
  stroke("admin1", theme.admin1, 1);
  stroke("streams", theme.river, 0.8);
  stroke("rivers", theme.river, 1.5);
  fillArea("lakes", theme.sea);
  fillArea("waters", theme.sea);
  stroke("streets", theme.bar, 0.9);
  stroke("roads", theme.bar, 2.2);
  stroke("borders", theme.border, 1.3);
  stroke("disputed", theme.border, 1.5, [6, 4]);
  ctx.setLineDash([]);
}
