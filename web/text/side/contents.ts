/** The contents of the document: its headings, of which each leads to its place. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type Quill from "quill/core";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/text-words/side.ts";
import { type Heading, headingAt, headingsOf } from "./headings.ts";
import "./contents.css";

/** Headings are read again when nothing changed for this long. */
const readMs = 250;

/** `<weft-contents .quill .close>`: beside the text, or on a phone a sheet over it. */
export class WeftContents extends LitElement {
	static override readonly properties = {
		headings: { state: true },
		current: { state: true },
	};

	declare headings: readonly Heading[];
	declare current: number;
	quill: Quill | null = null;
	/** Takes it away; the person goes on in the text. */
	close: () => void = () => undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#frame = 0;
	#scroller: Element | null = null;

	constructor() {
		super();
		this.headings = [];
		this.current = -1;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.quill?.on("editor-change", this.#onChange);
		this.#scroller = this.quill?.root.closest(".weft-text-scroll") ?? null;
		this.#scroller?.addEventListener("scroll", this.#onScroll, { passive: true });
		this.#read();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
		cancelAnimationFrame(this.#frame);
		this.quill?.off("editor-change", this.#onChange);
		this.#scroller?.removeEventListener("scroll", this.#onScroll);
	}

	/** Puts the focus on the heading that one is at. */
	enter(): void {
		this.updateComplete
			.then(() => {
				const buttons = this.#buttons();
				(buttons[Math.max(0, this.current)] ?? this.querySelector("button"))?.focus();
			})
			.catch(reportError);
	}

	protected override render(): TemplateResult {
		return html`<nav class="weft-contents" aria-label=${t("text.contents")} @keydown=${this.#onKey}>
			<header>
				<h2>${t("text.contents")}</h2>
				<button
					type="button"
					class="weft-icon-button"
					aria-label=${t("frame.close")}
					title=${t("frame.close")}
					@click=${() => this.close()}
				>
					${icon("close")}
				</button>
			</header>
			${
				this.headings.length === 0
					? html`<p>${t("text.contentsEmpty")}</p>`
					: html`<ol>
							${this.headings.map((heading, index) => this.#entry(heading, index))}
						</ol>`
			}
		</nav>`;
	}

	#entry({ level, words }: Heading, index: number): TemplateResult {
		return html`<li data-level=${level}>
			<button
				type="button"
				dir="auto"
				title=${words}
				aria-current=${index === this.current ? "location" : nothing}
				@click=${() => this.#go(index)}
			>
				${words}
			</button>
		</li>`;
	}

	readonly #onChange = (name: string): void => {
		if (name !== "text-change") return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#read(), readMs);
	};

	readonly #onScroll = (): void => {
		if (this.#frame !== 0) return;
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			this.current = this.#seen();
		});
	};

	#read(): void {
		if (this.quill === null) return;
		this.headings = headingsOf(this.quill.editor.delta.ops);
		this.current = this.#seen();
	}

	/** The heading above, or at, the top of what is seen of the text. */
	#seen(): number {
		const top = this.#scroller?.getBoundingClientRect().top ?? 0;
		const nodes = this.#headingNodes();
		return nodes.findLastIndex((node) => node.getBoundingClientRect().top <= top + 96);
	}

	/** Those on the page that have words, in the order of `headings`. */
	#headingNodes(): Element[] {
		const all = this.quill?.root.querySelectorAll("h1, h2, h3") ?? [];
		return [...all].filter((node) => (node.textContent ?? "").trim() !== "");
	}

	#go(index: number): void {
		const { quill } = this;
		if (quill === null) return;
		// What others wrote meanwhile has moved them.
		this.headings = headingsOf(quill.editor.delta.ops);
		const heading = this.headings[index];
		if (heading === undefined) return;
		if (isSheet(this)) this.close();
		const [line] = quill.getLine(heading.index);
		quill.setSelection(heading.index, 0, "user");
		line?.domNode.scrollIntoView({ block: "start" });
		this.current = headingAt(this.headings, heading.index);
	}

	#buttons(): HTMLElement[] {
		return [...this.querySelectorAll<HTMLElement>("ol button")];
	}

	readonly #onKey = (event: KeyboardEvent): void => {
		const buttons = this.#buttons();
		const at = buttons.indexOf(document.activeElement as HTMLElement);
		const places: Record<string, number> = {
			ArrowDown: Math.min(at + 1, buttons.length - 1),
			ArrowUp: Math.max(at - 1, 0),
			Home: 0,
			End: buttons.length - 1,
		};
		const next = places[event.key];
		if (event.key === "Escape") this.close();
		else if (next === undefined) return;
		else buttons[next]?.focus();
		event.preventDefault();
		event.stopPropagation();
	};
}

/** True where it lies over the text. */
function isSheet(element: Element): boolean {
	return getComputedStyle(element).position === "absolute";
}

customElements.define("weft-contents", WeftContents);
