/** The QR code of a link: to be scanned from a screen in the hand, or from a wall. */
import { html, svg, type TemplateResult } from "lit";
import qrcode from "qrcode-generator";
import { openDialog } from "../ui/dialog.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/share.ts";
import "./share.css";

/** What is said of a code. */
interface CodeWords {
	/** What it is the code of, for who does not see it. */
	readonly name: string;
	/** What who scans it needs. */
	readonly words: string;
}

/** A code that is shown as large as the window when it is pressed: a class scans it at once. */
export function scanCode(link: string, { name, words }: CodeWords): TemplateResult {
	const show = (): void => {
		const content = html`
			${picture(link, name)}
			<p>${link}</p>
		`;
		openDialog({ title: words, content, className: "weft-share__large" });
	};
	return html`<button
		type="button"
		class="weft-share__code"
		title=${t("frame.share.larger")}
		@click=${show}
	>
		${picture(link, name)}
	</button>`;
}

function picture(link: string, name: string): TemplateResult {
	return html`<div class="weft-share__qr" role="img" aria-label=${name}>${qrCode(link)}</div>`;
}

/** A QR code as one path, dark on white in both themes, with the quiet zone that cameras need. */
function qrCode(text: string): TemplateResult {
	const code = qrcode(0, "M");
	code.addData(text, "Byte");
	code.make();
	const size = code.getModuleCount();
	let path = "";
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) {
			if (code.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`;
		}
	}
	const side = size + 8;
	return html`
		<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" aria-hidden="true">
			${svg`<path d=${path} />`}
		</svg>
	`;
}
