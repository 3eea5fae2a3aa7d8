/** What one can do with the document as a whole: find, contents, who wrote what, files, paper. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { moreIcons } from "../../ui/icons/more.ts";
import { pageIcons } from "../../ui/icons/page.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { menuButton, placeOnToggle } from "../../ui/popover.ts";
import { sayKeys } from "../../ui/shortcuts.ts";
import { type FileFormat, fileFormatNames } from "../export/formats.ts";
import "./page-menu.css";

/** What leads words out of the room, into it, or back. */
export type TransferAct =
	| { readonly kind: "import" | "cleared" }
	| { readonly kind: "save"; readonly format: FileFormat };

/** Everything that can be asked of the page. */
export type PageAct =
	| { readonly kind: "find" | "replace" | "contents" | "authors" | "print" }
	| TransferAct;

/** Those of which the kind says all. */
type PlainKind = Exclude<PageAct["kind"], "save">;

/** What of it is open now. */
export type OpenParts = ReadonlySet<PageAct["kind"]>;

const formatNames: Readonly<Record<FileFormat, MessageKey>> = {
	markdown: "text.fileMarkdown",
	html: "text.fileHtml",
	text: "text.fileText",
	delta: "text.fileDelta",
};

let menuCount = 0;

/** `<weft-page-menu .act .open readonly>`: three buttons, on a phone one. */
export class WeftPageMenu extends LitElement {
	static override readonly properties = {
		act: { attribute: false },
		open: { attribute: false },
		readOnly: { type: Boolean },
	};

	declare act: (act: PageAct) => void;
	declare open: OpenParts;
	/** True for people who may only read: nothing comes in then. */
	declare readOnly: boolean;
	readonly #menuId = `weft-page-menu-${menuCount++}`;

	constructor() {
		super();
		this.act = () => undefined;
		this.open = new Set();
		this.readOnly = false;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		return html`<div class="weft-page-menu">
			${this.#quick("contents", pageIcons.contents, t("text.contents"))}
			${this.#quick("find", "search", `${t("text.find")} (${sayKeys("Ctrl+F")})`)}
			${menuButton(this.#menuId, t("text.pageMenu"))}
			<div
				id=${this.#menuId}
				class="weft-popover weft-page-menu-list"
				popover
				@toggle=${placeOnToggle}
				@keydown=${this.#onKey}
			>
				${this.#item("find", "search", t("text.find"), "Ctrl+F")}
				${this.#item("contents", pageIcons.contents, t("text.contents"))}
				${this.#item("authors", pageIcons.highlighter, t("text.authors"))}
				<div class="weft-page-menu-files" role="group" aria-label=${t("text.save")}>
					<p aria-hidden="true">${icon(moreIcons.download)} ${t("text.save")}</p>
					${fileFormatNames.map((format) => this.#file(format))}
				</div>
				${
					this.readOnly
						? nothing
						: [
								this.#item("import", moreIcons.upload, t("text.import")),
								this.#item("cleared", "undo", t("text.cleared")),
							]
				}
				${this.#item("print", pageIcons.print, t("text.print"), "Ctrl+P")}
			</div>
		</div>`;
	}

	#quick(kind: "contents" | "find", face: IconName, title: string): TemplateResult {
		return html`<button
			type="button"
			class="weft-icon-button weft-page-menu-quick"
			aria-label=${t(`text.${kind}`)}
			title=${title}
			aria-expanded=${this.open.has(kind)}
			@click=${() => this.act({ kind })}
		>
			${icon(face)}
		</button>`;
	}

	#item(kind: PlainKind, face: IconName, name: string, keys = ""): TemplateResult {
		const isSwitch = kind === "contents" || kind === "authors";
		const isOn = this.open.has(kind);
		return html`<button
			type="button"
			class="weft-button weft-button--ghost"
			aria-pressed=${isSwitch ? String(isOn) : nothing}
			@click=${() => this.#run({ kind })}
		>
			${icon(face)} <span>${name}</span>
			${keys === "" ? nothing : html`<kbd aria-hidden="true">${sayKeys(keys)}</kbd>`}
			${isSwitch && isOn ? icon("check") : nothing}
		</button>`;
	}

	#file(format: FileFormat): TemplateResult {
		return html`<button
			type="button"
			class="weft-button"
			@click=${() => this.#run({ kind: "save", format })}
		>
			${t(formatNames[format])}
		</button>`;
	}

	#run(act: PageAct): void {
		this.querySelector<HTMLElement>("[popover]")?.hidePopover();
		this.act(act);
	}

	/** Arrows walk it, as they walk other menus. */
	readonly #onKey = (event: KeyboardEvent): void => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step === undefined) return;
		const buttons = [...this.querySelectorAll<HTMLElement>("[popover] button")];
		const at = buttons.indexOf(document.activeElement as HTMLElement);
		event.preventDefault();
		event.stopPropagation();
		buttons[(at + step + buttons.length) % buttons.length]?.focus();
	};
}

customElements.define("weft-page-menu", WeftPageMenu);
