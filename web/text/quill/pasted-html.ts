/**
 * Makes HTML from elsewhere ready to be read. A document made by DOMParser inherits the page's
 * content security policy, which blanks and reports every style attribute; but styles are where
 * Word and Google Docs write their structure. So they are parsed under another name, and set
 * afterwards through the CSSOM, which the policy allows.
 */

const styleName = "data-weft-style";
const rulesId = "weft-rules";
/** A tag, by its quotes; where they do not fit, up to the next bracket. */
const tagPattern = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>|<[a-z][^>]*>/gi;
/** A name, and its value where it has one. */
const attributePattern = /(?<=[\s"'/])([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?/g;
const rulesPattern = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const unreadPattern = /<!--[\s\S]*?-->|<(title|textarea|xmp|script)\b[\s\S]*?<\/\1\s*>/gi;

/** HTML without comments, scripts and handlers of events, its styles under another name. */
export function inert(html: string): string {
	let rules = "";
	const body = html
		.replace(rulesPattern, (_whole, inside: string) => {
			rules += inside;
			return "";
		})
		.replace(unreadPattern, "")
		// One that is never closed swallows the rest, as it would have done.
		.replace(/<style\b/gi, "<template")
		.replace(tagPattern, (tag) => tag.replace(attributePattern, inertAttribute));
	const kept = rules.includes("mso-level") ? rules.replace(/[<>&]/g, " ") : "";
	return kept === "" ? body : `${body}<template id="${rulesId}">${kept}</template>`;
}

function inertAttribute(whole: string, name: string, value = ""): string {
	if (/^style$/i.test(name)) return styleName + value;
	return /^on/i.test(name) ? `data-${whole}` : whole;
}

/** Brings the styles of a parsed document back, and the lists of Word and quirks of Google Docs. */
export function restoreStyles(doc: Document): void {
	const template = doc.querySelector<HTMLTemplateElement>(`template#${rulesId}`);
	const rules = template?.content.textContent ?? "";
	template?.remove();
	if (/mso-list/i.test(doc.body.innerHTML)) makeWordLists(doc, rules);
	if (doc.querySelector('[id^="docs-internal-guid-"]') !== null) cleanGoogleDocs(doc);
	for (const line of doc.querySelectorAll("details, summary, legend, center")) makeLine(line);
	for (const part of doc.querySelectorAll("table, thead, tbody, tfoot, tr")) dropBlanks(part);
	for (const element of doc.querySelectorAll<HTMLElement>(`[${styleName}]`)) {
		element.style.cssText = styleOf(element);
	}
}

/** Quill does not know it for a line of its own, and would join its last word with the next one. */
function makeLine(element: Element): void {
	const line = element.ownerDocument.createElement("div");
	line.append(...element.childNodes);
	element.replaceWith(line);
}

/** Between rows stands nothing that anybody sees; Quill would make a line of it. */
function dropBlanks(part: Element): void {
	for (const node of [...part.childNodes]) {
		if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim() === "") node.remove();
	}
}

function styleOf(element: Element): string {
	return element.getAttribute(styleName) ?? "";
}

/** Google Docs wraps everything into a bold that is not bold, and puts breaks between blocks. */
function cleanGoogleDocs(doc: Document): void {
	for (const bold of doc.querySelectorAll(`b[${styleName}]`)) {
		if (/font-weight:\s*normal/i.test(styleOf(bold))) bold.replaceWith(...bold.childNodes);
	}
	const isBlock = (element: Element | null) => /^(P|OL|UL|H[1-6])$/.test(element?.tagName ?? "");
	for (const br of doc.querySelectorAll("br")) {
		if (isBlock(br.previousElementSibling) && isBlock(br.nextElementSibling)) br.remove();
	}
}

/** Word writes list items as paragraphs with `mso-list: l0 level1 lfo1` in their style. */
function makeWordLists(doc: Document, rules: string): void {
	for (const mark of doc.querySelectorAll(`[${styleName}]`)) {
		if (/mso-list:[^;]*ignore/i.test(styleOf(mark))) mark.remove();
	}
	for (const paragraph of doc.querySelectorAll(`p[${styleName}]`)) {
		const place = /mso-list:[^;]*\bl(\d+)\s+level(\d+)/i.exec(styleOf(paragraph));
		if (place === null) continue;
		const [, list = "0", level = "1"] = place;
		const item = doc.createElement("li");
		item.append(...paragraph.childNodes);
		const rule = new RegExp(`@list l${list}:level${level}\\s*\\{[^}]*format:\\s*bullet`, "i");
		item.setAttribute("data-list", rule.test(rules) ? "bullet" : "ordered");
		if (Number(level) > 1) item.className = `ql-indent-${Math.min(Number(level) - 1, 8)}`;
		const before = paragraph.previousElementSibling;
		const isContinued = before?.getAttribute("data-weft-list") === list;
		const parent = isContinued ? before : doc.createElement("ol");
		parent.setAttribute("data-weft-list", list);
		if (!isContinued) paragraph.before(parent);
		parent.append(item);
		paragraph.remove();
	}
}
