/** Tables that a person reads and a machine finds its way in. */
import type { Cell, Column, Table, Tone } from "./content.ts";
import { formatNumber } from "./format.ts";
import { type Markup, markup } from "./markup.ts";

/** A table with its caption. It scrolls sideways where the page is narrower. */
export function renderTable({ caption, columns, rows, emptySay }: Table): Markup {
	const heads = columns.map((column) => {
		return markup`<th scope="col"${classOf(column)}>${column.label}</th>`;
	});
	const say = emptySay ?? "Nothing to show.";
	const none = markup`<tr><td class="empty" colspan="${columns.length}">${say}</td></tr>`;
	const body = rows.length === 0 ? [none] : rows.map((row) => renderRow(row, columns));
	return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

function renderRow(row: readonly Cell[], columns: readonly Column[]): Markup {
	const cells = columns.map((column, index) => {
		const content = renderCell(row[index] ?? null);
		if (index === 0) return markup`<th scope="row">${content}</th>`;
		return markup`<td${classOf(column)}>${content}</td>`;
	});
	return markup`<tr>${cells}</tr>\n`;
}

function classOf({ isNumber }: Column): Markup | null {
	return isNumber === true ? markup` class="number"` : null;
}

function renderCell(cell: Cell): Markup {
	if (cell === null) return markup`<span class="none">–</span>`;
	if (typeof cell === "string") return markup`${cell}`;
	if (typeof cell === "number") return markup`${formatNumber(cell)}`;
	const { text, tone = "plain", share } = cell;
	const said = markup`<span class="${tone}">${signOf(tone)}${text}</span>`;
	return share === undefined ? said : markup`${said}${bar(share, tone)}`;
}

function bar(share: number, tone: Tone): Markup {
	const width = Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) * 100 : 0;
	return markup`<span class="meter ${tone}"><span style="width:${width}%"></span></span>`;
}

const signs: Readonly<Record<Tone, string>> = { good: "✓", bad: "✗", warn: "!", plain: "" };

/** The sign of a tone, so that it is not told by colour alone; nothing for a plain one. */
export function signOf(tone: Tone): Markup | null {
	const sign = signs[tone];
	return sign === "" ? null : markup`<span class="sign" aria-hidden="true">${sign}</span>\u00a0`;
}
