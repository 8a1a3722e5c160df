// The data block: one JSON object of columns, gzipped where it is large.

async function readData() {
  const block = document.getElementById("geomap-data");
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const packed = Uint8Array.from(atob(block.textContent), (c) => c.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}

// Claims know how many reports they have; the reports themselves follow each other in one table.
function firstReports(counts) {
  let next = 0;
  return counts.map((count) => { next += count; return next - count; });
}

// Which chain (claims of one place and family) each claim is in, and which marks stand for a chain.
function linkMarks(data) {
  const marks = data.marks;
  data.marksOfChain = data.chains.map(() => []);
  (marks.chain || []).forEach((chain, mark) => data.marksOfChain[chain].push(mark));
  data.chainOfClaim = new Map();
  data.chains.forEach((claims, chain) => claims.forEach((claim) => data.chainOfClaim.set(claim, chain)));
}

function prepare(data) {
  data.firstReport = firstReports(data.claims.reports || []);
  linkMarks(data);
  return data;
}
