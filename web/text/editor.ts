/** `<weft-editor .client>`: the room's document on a page, with toolbar, carets and photos. */
import { html, LitElement, type TemplateResult } from "lit";
import type { AboutPassage } from "../../shared/surfaces/about.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import { byItself, Later } from "../sync/later.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { lockedNote } from "../ui/forms/locked.ts";
import { tCount } from "../ui/messages.ts";
import "../ui/messages/text.ts";
import { PageActs } from "./page-acts.ts";
import { EditorSession } from "./session.ts";
import type { PassageTalk } from "./talk/passages.ts";
import type { Command } from "./tools/commands.ts";
import type { OpenParts, PageAct } from "./tools/page-menu.ts";
import type { ToolState, WeftTextTools } from "./tools/toolbar.ts";
import "./tools/toolbar.ts";
import "./page/frame.css";
import "./page/writing.css";
import "./page/lists.css";
import "./page/carets.css";
import "./page/print.css";

/** The document. It stands in light DOM, because Quill needs the document's selection. */
export class WeftEditor extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		startsFocused: { attribute: false },
		readOnly: { type: Boolean, attribute: "readonly", reflect: true },
		tools: { state: true },
		isReady: { state: true },
		words: { state: true },
		open: { state: true },
	};

	declare client: RoomClient | null;
	/** True for people who may only read. */
	declare readOnly: boolean;
	/** True for a room that was just made: letters go here, unless somebody is elsewhere by then. */
	declare startsFocused: boolean;
	declare tools: ToolState;
	declare isReady: boolean;
	declare words: number;
	/** What of the page is open beside the text. */
	declare open: OpenParts;
	#session: EditorSession | null = null;
	#acts: PageActs | null = null;
	#pane: Element | null = null;
	/** What is talked about is marked once nothing waits for the line. */
	#talk: Later<PassageTalk> | null = null;
	#menu: Later<{ close(): void }> | null = null;

	constructor() {
		super();
		this.client = null;
		this.readOnly = false;
		this.startsFocused = false;
		this.tools = { formats: {}, canUndo: false, canRedo: false };
		this.isReady = false;
		this.words = 0;
		this.open = new Set();
		new FollowRights(this, () => this.#lock());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** What runs inside; null until the room's text is there. */
	get session(): EditorSession | null {
		return this.#session;
	}

	/** Puts the caret into the text. */
	override focus(): void {
		this.#session?.quill.focus();
	}

	/** Selects a passage that somebody spoke of, once the text is there. */
	async showPassage(passage: AboutPassage): Promise<void> {
		await this.client?.ready;
		await this.updateComplete;
		try {
			(await this.#talk?.get())?.show(passage);
		} catch (error) {
			this.#session?.cannot(error);
		}
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) this.#open();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#close();
	}

	protected override firstUpdated(): void {
		this.#open();
	}

	protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
		if (changed.has("client") && this.#session?.client !== this.client) this.#open();
		if (changed.has("readOnly")) this.#lock();
	}

	get #isLocked(): boolean {
		return this.readOnly || this.client?.may("document") !== true;
	}

	/** Who writes when that ends keeps the focus here: letters are for no other surface then. */
	#lock(): void {
		const page = this.querySelector<HTMLElement>(".weft-text-page");
		const { activeElement } = document;
		const isWriting = this.#session?.quill.hasFocus() === true;
		this.#session?.quill.enable(!this.#isLocked);
		this.#acts?.lock();
		if (this.#isLocked && isWriting) page?.focus({ preventScroll: true });
		if (!this.#isLocked && activeElement === page) this.focus();
	}

	#open(): void {
		this.#close();
		const { client } = this;
		if (client === null) return;
		client.ready.then(() => {
			// Another room, or gone, since.
			if (client === this.client && this.isConnected && this.#session === null) this.#start(client);
		}, reportError);
	}

	#start(client: RoomClient): void {
		const body = this.querySelector<HTMLElement>(".weft-text-body");
		if (body === null) return;
		const talk = new Later(client, async () => {
			const { PassageTalk } = await import("./talk/passages.ts");
			return () => new PassageTalk(session);
		});
		const session = new EditorSession({
			client,
			body,
			showTools: (tools) => {
				this.tools = tools;
			},
			showWords: (words) => {
				this.words = words;
			},
			openTalk: (index) => talk.here?.openAt(index) ?? false,
			talk: () => talk.get(),
			enterTools: () => this.querySelector<WeftTextTools>("weft-text-tools")?.enter(),
		});
		this.#session = session;
		this.#acts = new PageActs({
			session,
			frame: this,
			isReadOnly: () => this.#isLocked,
			showOpen: (open) => {
				this.open = open;
			},
		});
		this.#lock();
		this.#pane = this.closest("[data-pane]") ?? this;
		this.#pane.addEventListener("keydown", this.#onKey);
		this.isReady = true;
		this.#talk = talk.begin();
		this.#menu = new Later(client, async () => {
			await import("./tools/page-menu.ts");
			return byItself;
		}).begin();
		if (this.startsFocused && isNobodyElsewhere(this)) this.focus();
	}

	#close(): void {
		this.#pane?.removeEventListener("keydown", this.#onKey);
		this.#talk?.close();
		this.#talk = null;
		this.#menu?.close();
		this.#menu = null;
		this.#acts?.close();
		this.#acts = null;
		this.open = new Set();
		this.#session?.close();
		this.#session = null;
		this.isReady = false;
	}

	readonly #onKey = (event: Event): void => {
		if (event instanceof KeyboardEvent) this.#acts?.onKey(event);
	};
	readonly #act = (act: PageAct): void => void this.#acts?.run(act);
	readonly #run = (command: Command): void => this.#session?.run(command);
	readonly #leave = (): void => this.#session?.quill.focus({ preventScroll: true });

	protected override render(): TemplateResult {
		return html`<div class="weft-text" ?data-ready=${this.isReady}>
			${this.#renderBar()}
			<div class="weft-text-top"></div>
			<div class="weft-text-side"></div>
			<div class="weft-text-scroll" @mousedown=${this.#onPaperClick}>
				<div class="weft-text-page" tabindex="-1">
					<div class="weft-text-body"></div>
				</div>
			</div>
			<p class="weft-text-words">${tCount("text.words", this.words)}</p>
			<div class="weft-text-foot"></div>
		</div>`;
	}

	#renderBar(): TemplateResult {
		return html`<div class="weft-text-bar">
			${
				this.#isLocked
					? this.client && lockedNote(this.client)
					: html`<weft-text-tools
							.state=${this.tools}
							.run=${this.#run}
							.leave=${this.#leave}
						></weft-text-tools>`
			}
			<weft-page-menu
				.act=${this.#act}
				.open=${this.open}
				.readOnly=${this.#isLocked}
			></weft-page-menu>
		</div>`;
	}

	/** A click on the empty paper below the text puts the caret at its end. */
	readonly #onPaperClick = (event: MouseEvent): void => {
		const target = event.target as Element;
		if (!target.matches(".weft-text-scroll, .weft-text-page") || this.#session === null) return;
		if (this.#isLocked || event.offsetX >= target.clientWidth) return;
		event.preventDefault();
		const { quill } = this.#session;
		quill.focus({ preventScroll: true });
		quill.setSelection(quill.getLength() - 1, 0, "user");
	};
}

/** True where nothing has the focus yet, and no finger would bring up a keyboard. */
function isNobodyElsewhere(editor: WeftEditor): boolean {
	const isSeen = editor.getClientRects().length > 0;
	const isFree = document.activeElement === null || document.activeElement === document.body;
	return isSeen && isFree && !matchMedia("(pointer: coarse)").matches;
}

customElements.define("weft-editor", WeftEditor);
