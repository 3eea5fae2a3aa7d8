/** Turns the blocks of a section into markup. */
import type { Block, KeyFigure } from "./content.ts";
import { type Markup, markup } from "./markup.ts";
import { renderFigure } from "./plots/figure.ts";
import { renderTable, signOf } from "./table.ts";

/** Renders blocks. `id` starts the ids inside and is one of a kind in the page. */
export function renderBlocks(blocks: readonly Block[], id: string): Markup[] {
	return blocks.map((block, index) => renderBlock(block, `${id}-${index + 1}`));
}

function renderBlock(block: Block, id: string): Markup {
	switch (block.kind) {
		case "heading":
			return markup`<h3>${block.text}</h3>`;
		case "paragraph":
			return paragraph(block);
		case "command":
			return markup`<pre class="command" tabindex="0"><code>${block.text}</code></pre>`;
		case "list":
			return list(block);
		case "figures":
			return markup`<dl class="figures">${block.figures.map(keyFigure)}</dl>`;
		case "table":
			return renderTable(block.table);
		case "plot":
			return renderFigure(block.plot, id);
		case "log":
			return log(block.label, block.lines);
		case "details":
			return markup`<details><summary>${block.summary}</summary>
${renderBlocks(block.blocks, id)}</details>`;
		case "row":
			return markup`<div class="row">${renderBlocks(block.blocks, id)}</div>`;
	}
}

function list({ items, tone }: Extract<Block, { kind: "list" }>): Markup {
	const sign = tone === undefined ? null : signOf(tone);
	const rows = items.map((item) => markup`<li>${sign}${item}</li>\n`);
	const style = sign === null ? null : markup` class="signed ${tone ?? ""}"`;
	return markup`<ul${style}>${rows}</ul>`;
}

function paragraph({ text, tone = "plain" }: Extract<Block, { kind: "paragraph" }>): Markup {
	return markup`<p class="say ${tone}">${signOf(tone)}${text}</p>`;
}

function keyFigure({ label, value, note, tone = "plain" }: KeyFigure): Markup {
	const more = note === undefined ? null : markup`<dd class="note">${note}</dd>`;
	return markup`<div><dt>${label}</dt><dd class="value ${tone}">${signOf(tone)}${value}</dd>
${more}</div>`;
}

function log(label: string, lines: readonly string[]): Markup {
	if (lines.length === 0) return markup`<p class="empty">${label}: nothing was written.</p>`;
	return markup`<div class="scroll log" role="region" aria-label="${label}" tabindex="0">
<pre>${lines.join("\n")}</pre></div>`;
}
