// Near or within an area: a dashed outline, never a point alone.

// The spots of these marks that are no exact site, each once.
function areasOf({ spots, marks }, seen) {
  const areas = new Set();
  for (const mark of seen) {
    const [spot, to] = [marks.spot[mark], marks.to[mark]];
    if (spots.precision[spot] !== 1) areas.add(spot);
    if (to >= 0 && spots.precision[to] !== 1) areas.add(to);
  }
  return [...areas].sort((a, b) => a - b);
}

function drawAreas(ctx, { spots }, screen, areas, theme) {
  ctx.strokeStyle = ctx.fillStyle = theme.reach;
  ctx.lineWidth = 1.2;
  ctx.setLineDash([4, 4]);
  for (const spot of areas) {
    if (!spots.radius[spot] || spots.country[spot]) continue;
    const top = screen.view.xy(spots.lng[spot], spots.lat[spot] + spots.radius[spot] / 111.2)[1];
    ctx.beginPath();
    ctx.arc(screen.x[spot], screen.y[spot], Math.abs(screen.y[spot] - top), 0, 2 * Math.PI);
    ctx.globalAlpha = 0.07;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.stroke();
  }
  ctx.setLineDash([]);
}
