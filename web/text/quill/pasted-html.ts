/**
 * Makes HTML from elsewhere ready to be read. A document made by DOMParser inherits the page's
 * content security policy, which blanks and reports every style attribute; but styles are where
 * Word and Google Docs write their structure. So they are parsed under another name, and set
 * afterwards through the CSSOM, which the policy allows.
 */

const styleName = "data-weft-style";
const styleTag = "weft-style";
const tagPattern = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;

/** Renames style attributes and style elements, and takes handlers of events away. */
export function inert(html: string): string {
	return html
		.replace(tagPattern, (tag) =>
			tag
				.replace(/([\s"'/])style(\s*=)/gi, `$1${styleName}$2`)
				.replace(/([\s"'/])on\w+\s*=/gi, "$1data-x="),
		)
		.replace(/<(\/?)style\b/gi, `<$1${styleTag}`);
}

/** Brings the styles of a parsed document back, and the lists of Word and quirks of Google Docs. */
export function restoreStyles(doc: Document): void {
	const rules = takeRules(doc);
	if (/mso-list/i.test(doc.body.innerHTML)) makeWordLists(doc, rules);
	if (doc.querySelector('[id^="docs-internal-guid-"]') !== null) cleanGoogleDocs(doc);
	for (const element of doc.querySelectorAll<HTMLElement>(`[${styleName}]`)) {
		element.style.cssText = styleOf(element);
	}
}

function styleOf(element: Element): string {
	return element.getAttribute(styleName) ?? "";
}

function takeRules(doc: Document): string {
	let rules = "";
	for (const element of doc.querySelectorAll(styleTag)) {
		rules += element.innerHTML;
		element.remove();
	}
	return rules;
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
