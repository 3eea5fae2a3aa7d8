/** How others come in: the link, its QR code, and who could guess it. */
import { html, nothing, svg, type TemplateResult } from "lit";
import qrcode from "qrcode-generator";
import "./share.css";
import { isUnguessable, type RoomName } from "../../shared/ids.ts";
import { appUrl, roomPath } from "../sync/base.ts";
import { copyText } from "../ui/copy.ts";
import { openDialog } from "../ui/dialog.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";

/** How long the button says "copied". */
const copiedShownMs = 2_000;

/** Opens the dialog for a room. */
export function openShare(room: RoomName, title: string): void {
	const link = new URL(appUrl(roomPath(room)), location.href).href;
	let copyLabel = t("frame.share.copy");
	const content = (): TemplateResult => shareContent({ room, title, link, copyLabel, copy });
	const say = (label: string): void => {
		copyLabel = label;
		dialog.update(content());
	};
	const copy = async (): Promise<void> => {
		const field = dialog.element.querySelector("input");
		if (field === null) return;
		const isCopied = await copyText(link, field);
		say(t(isCopied ? "frame.share.copied" : "frame.share.copyFailed"));
		setTimeout(() => say(t("frame.share.copy")), copiedShownMs);
	};
	const dialog = openDialog({
		title: t("frame.share.title"),
		content: content(),
		className: "weft-share",
	});
}

interface ShareContent {
	readonly room: RoomName;
	readonly title: string;
	readonly link: string;
	readonly copyLabel: string;
	readonly copy: () => Promise<void>;
}

function shareContent({ room, title, link, copyLabel, copy }: ShareContent): TemplateResult {
	return html`
		<div class="weft-share__link">
			<input
				class="weft-input"
				readonly
				aria-label=${t("frame.share.link")}
				.value=${link}
				@focus=${(event: Event) => (event.target as HTMLInputElement).select()}
			/>
			<button class="weft-button weft-button--primary" autofocus @click=${copy}>
				${icon(copyLabel === t("frame.share.copied") ? "check" : "copy")}
				<span aria-live="polite">${copyLabel}</span>
			</button>
		</div>
		<div class="weft-share__scan">
			<div class="weft-share__qr" role="img" aria-label=${t("frame.share.qr")}>${qrCode(link)}</div>
			<p>${t("frame.share.scan")}</p>
		</div>
		<p class="weft-share__note">
			${icon(isUnguessable(room) ? "lock" : "globe")}
			${isUnguessable(room) ? t("frame.share.secret") : t("frame.share.guessable", { name: room })}
		</p>
		${isLocalOnly(location.hostname) ? localNote() : nothing}
		${"share" in navigator ? sendButton(title, link) : nothing}
	`;
}

function localNote(): TemplateResult {
	return html`
		<p class="weft-share__note weft-share__note--warn">
			${icon("info")} ${t("frame.share.local")}
		</p>
	`;
}

function sendButton(title: string, url: string): TemplateResult {
	const send = (): void => {
		navigator.share({ title, url }).catch((error: unknown) => {
			console.info("Not sent:", error); // Closing the system's sheet counts as a failure.
		});
	};
	return html`
		<button class="weft-button weft-share__send" @click=${send}>
			${icon("send")} ${t("frame.share.send")}
		</button>
	`;
}

/** True for addresses that other devices cannot reach. */
function isLocalOnly(hostname: string): boolean {
	return /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);
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
