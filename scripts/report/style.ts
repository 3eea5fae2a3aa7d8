/** How a report looks: in light and dark, from a phone to a large screen, and on paper. */

const colours = `
:root {
	color-scheme: light dark;
	--bg: light-dark(#f6f5f2, #16171a);
	--panel: light-dark(#ffffff, #1f2125);
	--sunk: light-dark(#f3f1ec, #191b1e);
	--line: light-dark(#e2dfd8, #34373d);
	--line-strong: light-dark(#8b8578, #7d828c);
	--ink: light-dark(#1d1c1a, #eceae6);
	--ink-soft: light-dark(#5d594f, #a9adb6);
	--accent: light-dark(#0b6b5d, #4fd1b8);
	--good: light-dark(#0b6b5d, #4fd1b8);
	--good-soft: light-dark(#dff1ed, #17352f);
	--bad: light-dark(#b3261e, #ff8a80);
	--bad-soft: light-dark(#fbe9e7, #3b1f1d);
	--warn: light-dark(#8a5300, #ffc46b);
	--warn-soft: light-dark(#fdf1dc, #382a12);
	--focus: light-dark(#0b57d0, #8ab4f8);
	--fault: light-dark(#8b7f78, #8f8a93);
	--band: light-dark(rgb(150 95 30 / 13%), rgb(255 205 140 / 13%));
	--s0: light-dark(#0b7565, #4fd1b8);
	--s1: light-dark(#c2410c, #ffa25e);
	--s2: light-dark(#1f5fd0, #85b4ff);
	--s3: light-dark(#a61c6f, #ff8fc7);
	--s4: light-dark(#6b6a00, #d6d15a);
	--s5: light-dark(#6d3fc9, #c3a9ff);
	--s6: light-dark(#0e7490, #67d4f1);
	--s7: light-dark(#57534e, #c9c5bf);
	--font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
	--mono: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
}
${Array.from({ length: 8 }, (_, index) => `.s${index} { --c: var(--s${index}); }`).join("\n")}
`;

const layout = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--bg); color: var(--ink);
	font: 1rem/1.55 var(--font); overflow-wrap: break-word; }
header, main, nav, footer { max-width: 1120px; margin-inline: auto;
	padding-inline: clamp(16px, 4vw, 40px); }
header { padding-block: clamp(28px, 5vw, 56px) 0; }
.kind { display: flex; align-items: center; gap: 10px; margin: 0; color: var(--ink-soft);
	font-weight: 600; font-size: 0.875rem; }
.mark { width: 26px; height: 26px; }
.mark rect { fill: #0b6b5d; }
.mark path { fill: none; stroke: #fff; stroke-width: 3; stroke-linecap: round; }
h1 { margin: 10px 0 0; font-size: clamp(1.75rem, 1.2rem + 2.2vw, 2.5rem); line-height: 1.15;
	letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 0; font-size: 1.375rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 1rem; line-height: 1.35; }
section > h3 { margin-top: 16px; font-size: 1.125rem; }
section > h2 + h3 { margin-top: 0; }
p { margin: 0; max-width: 72ch; }
section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px;
	padding-top: clamp(36px, 5vw, 56px); }
.verdict { display: inline-flex; gap: 10px; align-items: baseline; margin-top: 18px;
	padding: 10px 16px; border-radius: 10px; background: var(--soft, var(--panel));
	color: var(--tone, var(--ink)); font-weight: 650; font-size: 1.125rem; }
.verdict.good { --soft: var(--good-soft); }
.verdict.bad { --soft: var(--bad-soft); }
.verdict.warn { --soft: var(--warn-soft); }
.good { --tone: var(--good); }
.bad { --tone: var(--bad); }
.warn { --tone: var(--warn); }
.facts { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 22px 0 0; font-size: 0.9375rem; }
.facts div { min-width: 0; }
.facts dt { color: var(--ink-soft); font-size: 0.8125rem; }
.facts dd { margin: 0; }
.whole { display: inline-block; max-width: 100%; overflow-wrap: anywhere; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
nav ul { display: flex; flex-wrap: wrap; gap: 8px; margin: 28px 0 0; padding: 0; list-style: none; }
nav a { display: block; padding: 6px 14px; border: 1px solid var(--line); border-radius: 99px;
	background: var(--panel); color: var(--ink); font-size: 0.875rem; text-decoration: none; }
nav a:hover { border-color: var(--line-strong); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
footer { padding-block: 48px; color: var(--ink-soft); font-size: 0.875rem; }
`;

const parts = `
.say.good, .say.bad, .say.warn, td .good, td .bad, td .warn, th .bad { color: var(--tone); }
.sign { font-weight: 700; }
.empty, .none { color: var(--ink-soft); }
ul { margin: 0; padding-left: 1.2em; }
ul.signed { padding: 0; list-style: none; }
.signed { color: var(--tone); }
li + li { margin-top: 4px; }
nav li + li { margin: 0; }
.command { margin: 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px;
	background: var(--sunk); overflow-x: auto; }
.figures { display: flex; flex-wrap: wrap; gap: 1px;
	margin: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--line);
	overflow: hidden; }
.figures div { flex: 1 1 150px; padding: 14px 18px 16px; background: var(--panel); }
.figures dt { color: var(--ink-soft); font-size: 0.875rem; }
.figures dd { margin: 0; }
.figures .value { color: var(--tone, var(--ink)); font-size: 1.625rem; font-weight: 650;
	line-height: 1.25; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures .note { color: var(--ink-soft); font-size: 0.8125rem; }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
	gap: 16px; }
.row > * { min-width: 0; }
.scroll { max-width: 100%; border: 1px solid var(--line); border-radius: 12px;
	background: var(--panel); overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem;
	font-variant-numeric: tabular-nums; }
caption { padding: 12px 16px 4px; color: var(--ink-soft); font-size: 0.875rem; text-align: left; }
th, td { padding: 8px 16px; border-top: 1px solid var(--line); text-align: left;
	vertical-align: top; }
thead th { border-top: 0; color: var(--ink-soft); font-size: 0.8125rem; font-weight: 600;
	white-space: nowrap; }
tbody th { min-width: 9rem; font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
.meter { display: block; width: 100%; min-width: 72px; height: 5px; margin-top: 6px;
	border-radius: 3px; background: var(--line); overflow: hidden; }
.meter span { display: block; height: 100%; background: var(--tone, var(--line-strong)); }
.meter.bad { background: var(--bad); }
.meter.bad span { max-width: calc(100% - 6px); background: var(--good);
	border-right: 2px solid var(--panel); }
.log { max-height: 26rem; background: var(--sunk); overflow: auto; }
.log pre { margin: 0; padding: 14px 16px; line-height: 1.5; }
details { border: 1px solid var(--line); border-radius: 12px; background: var(--panel); }
details > :not(summary) { margin-inline: 16px; }
details > :last-child { margin-bottom: 16px; }
summary { padding: 10px 16px; cursor: pointer; font-weight: 550; font-size: 0.9375rem; }
figure { min-width: 0; margin: 0; padding: 18px 20px 8px; border: 1px solid var(--line);
	border-radius: 12px; background: var(--panel); container-type: inline-size; }
details figure { border: 0; padding-inline: 0; }
figcaption { margin-bottom: 14px; }
figcaption .note { margin-top: 2px; color: var(--ink-soft); font-size: 0.9375rem; }
figure > .empty { padding-block: 8px 16px; }
.as-table { margin-top: 8px; border: 0; border-radius: 0; background: none; }
.as-table > summary { padding: 8px 0; color: var(--ink-soft); font-weight: 500;
	font-size: 0.8125rem; }
.as-table > .scroll { margin: 4px 0 12px; max-height: 22rem; overflow: auto; }
`;

const pictures = `
.plot { padding: 2px 0; }
.plot-labelled { padding-top: 30px; }
.plot-based { padding-bottom: 46px; }
.plot > svg { display: block; overflow: visible; }
.over { overflow: visible; }
.plot text { fill: var(--ink-soft); font: 12px var(--font); font-variant-numeric: tabular-nums; }
.plot .end { text-anchor: end; }
.plot .middle { text-anchor: middle; }
.plot .strong { fill: var(--ink); }
.plot .group { fill: var(--ink); font-size: 14px; font-weight: 650; }
.plot .name { fill: var(--c, var(--ink)); font-weight: 650; }
.grid { stroke: var(--line); }
.base, .stub { stroke: var(--line-strong); }
.line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round;
	vector-effect: non-scaling-stroke; }
.dash1 { stroke-dasharray: 7 4; }
.dash2 { stroke-dasharray: 2 3; }
.dash3 { stroke-dasharray: 9 3 2 3; }
.leader { fill: none; stroke: var(--c); opacity: 0.5; }
line.leader { stroke-dasharray: 1 4; }
.marker { fill: var(--c); stroke: var(--c); stroke-width: 1.5; paint-order: stroke; }
.plot .bar { fill: var(--c); }
.rail { fill: var(--line); opacity: 0.45; }
.median { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.halo { stroke: var(--panel); stroke-width: 4.5; }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.lane { fill: var(--line); opacity: 0.5; }
.fault { --c: var(--fault); }
.span { fill: var(--c); stroke: var(--panel); stroke-width: 1; }
.band { fill: var(--band); }
.stroke { stroke: var(--fault); stroke-dasharray: 3 3; opacity: 0.75; }
.moment line, .moment path { fill: none; stroke: var(--bad); stroke-width: 2; }
.moment line { stroke-width: 1; }
.moment path { stroke-width: 2.5; }
.squares { display: flex; flex-wrap: wrap; gap: 4px; }
.square { display: inline-block; width: 14px; height: 14px; border-radius: 3px;
	background: var(--good-soft); border: 1px solid var(--good); }
.square.bad { background: var(--bad); border-color: var(--bad); }
.square svg { display: block; width: 100%; height: 100%; }
.square path { stroke: var(--panel); stroke-width: 2; stroke-linecap: round; }
figcaption + .key { margin-top: 0; }
.key { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin-top: 12px;
	color: var(--ink-soft); font-size: 0.8125rem; }
.key > span:not([hidden]) { display: inline-flex; gap: 8px; align-items: center;
	margin-right: 8px; }
@container (max-width: 400px) {
	.plot .odd { display: none; }
}
@container (max-width: 560px) {
	.plot-laned { padding-left: 36px !important; }
	.lane, rect.span { y: 14px; height: 8px; }
	path.span { transform: translateY(6px) scale(0.75); }
	.plot .lane-name { text-anchor: start; transform: translate(8px, -5px); font-size: 11px; }
	.plot-inset { padding-right: 18px !important; }
	.plot-inset .leader { display: none; }
	.plot-inset .end-label { text-anchor: end; transform: translate(-20px, -10px);
		paint-order: stroke; stroke: var(--panel); stroke-width: 4px; }
}
`;

const occasions = `
@media (max-width: 560px) {
	th, td { padding-inline: 7px; }
	th:first-child, td:first-child { padding-left: 14px; }
	th:last-child, td:last-child { padding-right: 14px; }
	table { font-size: 0.875rem; }
	thead th { font-size: 0.75rem; }
	.meter { min-width: 56px; }
	figure { padding-inline: 14px; }
	.figures div { flex-basis: 128px; }
	.figures .value { font-size: 1.375rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (forced-colors: active) { .plot, .squares, .meter { forced-color-adjust: none; } }
@media print {
	:root { color-scheme: light; --bg: #fff; }
	body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	nav, .as-table { display: none; }
	header, main, footer { max-width: none; padding-inline: 0; }
	h2, h3, figcaption { break-after: avoid; }
	figure, tr, .figures, .command { break-inside: avoid; }
	.scroll, .log { max-height: none; overflow: visible; }
	.log pre { white-space: pre-wrap; }
}
`;

/** The whole style sheet. */
export const style: string = `${colours}${layout}${parts}${pictures}${occasions}`;
