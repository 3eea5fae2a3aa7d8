/** A report as one page that needs nothing else: no network, no files beside it, no script. */
import { renderBlocks } from "./blocks.ts";
import type { Fact, Page, Section } from "./content.ts";
import { Markup, markup } from "./markup.ts";
import { style } from "./style.ts";
import { signOf } from "./table.ts";

/** Makes the page. The same data gives the same page, to the byte. */
export function renderPage({ title, kind, verdict, facts, sections }: Page): string {
	const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}: ${verdict.say}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<p class="kind">${mark}${kind}</p>
<h1>${title}</h1>
<p class="verdict ${verdict.tone}">${signOf(verdict.tone)}${verdict.say}</p>
<dl class="facts">${facts.map(renderFact)}</dl>
</header>
${contents(sections)}
<main>${sections.map(renderSection)}</main>
<footer><p>This page needs no network. A dash (–) stands for no value.</p></footer>
</body>
</html>
`;
	return page.source;
}

/** Nothing may be loaded and nothing may run, whatever stands in the page. */
const policy = new Markup("default-src 'none'; style-src 'unsafe-inline'; img-src data:");

const mark: Markup = markup`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
<rect width="32" height="32" rx="8"/><path d="M12 6.5v3M12 14.5v11M20 6.5v11M20 22.5v3M6.5 12h11
M22.5 12h3M6.5 20h3M14.5 20h11"/></svg>`;

function renderFact({ label, value, isCode }: Fact): Markup {
	const said = isCode === true ? markup`<code>${wholeWords(value)}</code>` : markup`${value}`;
	return markup`<div><dt>${label}</dt><dd>${said}</dd></div>`;
}

/** An option of a command is not broken at its hyphens. */
function wholeWords(command: string): Markup[] {
	return command.split(" ").map((word, index) => {
		return markup`${index === 0 ? "" : " "}<span class="whole">${word}</span>`;
	});
}

function contents(sections: readonly Section[]): Markup | null {
	if (sections.length < 3) return null;
	const links = sections.map(({ heading }, index) => {
		return markup`<li><a href="#part-${index + 1}">${heading}</a></li>`;
	});
	return markup`<nav aria-label="Parts of this page"><ul>${links}</ul></nav>`;
}

function renderSection({ heading, blocks }: Section, index: number): Markup {
	const id = `part-${index + 1}`;
	return markup`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${heading}</h2>
${renderBlocks(blocks, id)}</section>
`;
}
