/** `<weft-board>`: the board of a room. The easel draws; here is what stands around it. */
import "./board.css";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { AboutItem } from "../../shared/surfaces/about.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import { Later } from "../sync/later.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";
import "../ui/board-words/board.ts";
import type { Toast } from "../ui/toast.ts";
import { renderEmpty } from "./around.ts";
import type { Carry } from "./carry/carry.ts";
import { Easel } from "./easel.ts";
import type { Outline } from "./outline.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { BoardTalk } from "./talk/board-talk.ts";
import type { Teller } from "./teller.ts";
import { type BarActs, type BarState, type Panel, renderBar, renderZoom } from "./toolbar.ts";
import { followKeys } from "./tools/keyboard.ts";

/** So wide is a board, in CSS pixels, whose bar has room for texts and notes. */
const barWithWordsMin = 560;

/**
 * Set `client`. Fires `weft-toast` (a `Toast`) where the person should know or may take
 * something back, and `weft-open-photo` { photo } where they tap a photo twice.
 */
export class WeftBoard extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		panel: { state: true },
		outline: { state: true },
	};

	declare client: RoomClient;
	/** The panel that is open. */
	declare panel: Panel | null;
	/** The board in words. */
	declare outline: Outline;

	#easel: Easel | null = null;
	/** Its code comes when nothing waits: first of all people draw. */
	#talk: Later<BoardTalk> | null = null;
	#carry: Later<Carry> | null = null;
	#shown = "";
	#teller: Later<Teller> | null = null;
	#listening = new AbortController();
	readonly #themes = new MutationObserver(() => this.#easel?.readTheme());
	readonly #acts: BarActs = {
		setTool: (tool) => this.#withEasel((easel) => easel.tools.take(tool)),
		setStyle: (style) => this.#withEasel((easel) => easel.tools.setStyle(style)),
		setLook: (look) => this.#easel?.tools.setStyle(look),
		keepTool: () => this.#easel?.tools.keep(),
		addPhoto: () => this.#withCarry((carry) => carry.addPhoto()),
		undo: () => this.#easel?.undo(),
		redo: () => this.#easel?.redo(),
		talk: () => this.#speak((talk) => talk.start()),
		erase: () => this.#easel?.tools.erase(),
		write: () => this.#easel?.tools.enter(),
		endPenMode: () => this.#withEasel((easel) => easel.tools.endPenMode()),
		menu: (state) => this.#carry?.here?.menu(state, this.#acts) ?? nothing,
		toggle: (panel) => {
			this.panel = this.panel === panel ? null : panel;
			const { easel } = this;
			const parts = { shapes: () => easel?.tools.fetchKit(), more: () => this.#carry?.get() };
			if (this.panel !== "shapes" && this.panel !== "more") return;
			this.#orSay(Promise.resolve(parts[this.panel]()).then(() => this.requestUpdate()));
		},
		zoomBy: (direction) => this.#easel?.view.zoomBy(direction),
		zoomHome: () => this.#easel?.view.zoomHome(),
		fit: () => this.#easel?.view.fit(),
	};

	constructor() {
		super();
		this.panel = null;
		this.outline = { summary: "", authors: [], items: [] };
		new FollowRights(this, () => this.#easel?.rightsChanged());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.classList.add("weft-board");
		if (this.hasUpdated) this.#open();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#close();
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("client")) this.#open();
	}

	/** The drawing itself; null while there is no client. For tests and measurements. */
	get easel(): Easel | null {
		return this.#easel;
	}

	/** Brings an item into view that somebody spoke of. */
	showItem(item: AboutItem): void {
		this.#speak((talk) => talk.show(item));
	}

	protected override render(): TemplateResult {
		const state = this.#barState();
		return html`
			<div
				class="weft-board__paper"
				role="application"
				tabindex="0"
				aria-label=${t("board.paper")}
			></div>
			<div class="weft-board__cursors" aria-hidden="true"></div>
			<div class="weft-board__talk"></div>
			${state === null ? nothing : this.#renderChrome(state)}
			${this.#teller?.here?.render(this.outline, this.#pick) ?? nothing}
		`;
	}

	#renderChrome(state: BarState): TemplateResult {
		const kit = this.#easel?.tools.kit ?? null;
		return html`
			${state.isEmpty ? renderEmpty(!this.client.may("board")) : nothing}
			<div class="weft-board__chrome" @mousedown=${keepFocus}>
				${renderBar(state, this.#acts, kit, this.client)}
				${this.#easel?.tools.secondBar?.bar(state, this.#acts)}
				${renderZoom(state, this.#acts)}
			</div>
		`;
	}

	#barState(): BarState | null {
		const easel = this.#easel;
		if (easel === null) return null;
		const { tools } = easel;
		return {
			tool: tools.name,
			isToolKept: tools.isKept,
			style: tools.style,
			percent: Math.round(easel.zoom * 100),
			canUndo: easel.canUndo,
			canRedo: easel.canRedo,
			isEmpty: easel.isEmpty && !tools.isBusy,
			hasWords: easel.stage.size.width >= barWithWordsMin,
			chosen: tools.choosing?.summary ?? null,
			hasSecondBar: tools.secondBar !== null,
			isPenMode: tools.isPenMode,
			panel: this.panel,
		};
	}

	#open(): void {
		this.#close();
		const paper = this.querySelector<HTMLElement>(".weft-board__paper");
		const cursors = this.querySelector<HTMLElement>(".weft-board__cursors");
		const marks = this.querySelector<HTMLElement>(".weft-board__talk");
		const { client } = this;
		if (client === undefined || paper === null || cursors === null || marks === null) return;
		const easel = new Easel(client, {
			paper,
			cursors,
			changed: () => this.#showChange(),
			drawn: () => {
				this.#showChange();
				this.#teller?.here?.changed();
				this.#talk?.here?.lookSoon();
			},
			penSeen: () => this.#withCarry((carry) => carry.penSeen()),
			opened: (item) => this.#openItem(item),
			say: (key) => this.#tell({ text: t(key), topic: "board" }),
			missing: (error) => this.#orSay(Promise.reject(error)),
			accent: () => getComputedStyle(cursors).color,
		});
		this.#easel = easel;
		const tell = (toast: Toast): void => this.#tell(toast);
		this.#talk = new Later(client, async () => {
			const { BoardTalk } = await import("./talk/board-talk.ts");
			return () => new BoardTalk({ client, easel, paper, marks, tell });
		}).begin();
		this.#carry = new Later(client, async () => {
			const { Carry } = await import("./carry/carry.ts");
			const isMeant = (event: Event) => this.#isForBoard(event);
			return () => new Carry({ client, easel, host: this, paper, isMeant, tell });
		}).begin();
		this.#listen(paper);
		const told = (outline: Outline) => {
			this.outline = outline;
		};
		this.#teller = new Later(client, async () => {
			const { Teller } = await import("./teller.ts");
			return () => new Teller({ scene: easel.scene, client, told });
		}).begin();
		this.requestUpdate();
	}

	#close(): void {
		this.#listening.abort();
		this.#themes.disconnect();
		this.#talk?.close();
		this.#talk = null;
		this.#teller?.close();
		this.#teller = null;
		this.#carry?.close();
		this.#carry = null;
		this.#easel?.close();
		this.#easel = null;
	}

	#listen(paper: HTMLElement): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const isMeant = (event: Event) => this.#isForBoard(event);
		const closePanel = () => {
			const wasOpen = this.panel !== null;
			this.panel = null;
			return wasOpen;
		};
		const { addPhoto, talk } = this.#acts;
		const who = () => this.#speak((talk) => talk.sayWho());
		const easel = () => this.#easel;
		const grid = () => this.#withCarry((carry) => carry.switchGrid());
		const { client } = this;
		followKeys({ client, easel, isMeant, addPhoto, talk, who, grid, closePanel }, signal);
		window.addEventListener("pagehide", () => this.#easel?.tools.lift(), { signal });
		// Files are held over the board: what takes them is here before they are let go.
		this.addEventListener("dragover", () => this.#carry?.want(), { signal });
		paper.addEventListener("pointerdown", closePanel, { signal });
		paper.addEventListener("dblclick", (event) => this.#openUnder(event), { signal });
		const dark = window.matchMedia("(prefers-color-scheme: dark)");
		dark.addEventListener("change", () => this.#easel?.readTheme(), { signal });
		this.#themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
	}

	/** Renders only where a button would look different: panning changes none. */
	#showChange(): void {
		const shown = JSON.stringify(this.#barState());
		if (shown === this.#shown) return;
		this.#shown = shown;
		this.requestUpdate();
	}

	/** Letters draw nothing while somebody types, reads a dialog, or works on another surface. */
	#isForBoard(event: Event): boolean {
		const { target } = event;
		if (event.defaultPrevented || (target instanceof Element && this.#isElsewhere(target))) {
			return false;
		}
		return this.getClientRects().length > 0; // Last: it may have the whole page laid out.
	}

	#isElsewhere(target: Element): boolean {
		if (this.contains(target)) return false;
		if (target instanceof HTMLElement && target.isContentEditable) return true;
		const others = "weft-editor, weft-chat, weft-photos, weft-board";
		return target.closest(`input, textarea, select, dialog, [popover], ${others}`) !== null;
	}

	/** From the list of items to the item: keys act on it there. */
	readonly #pick = (id: number): void => {
		this.#easel?.pick(id);
		this.querySelector<HTMLElement>(".weft-board__paper")?.focus();
	};

	#withEasel(run: (easel: Easel) => void): void {
		if (this.#easel === null) return;
		run(this.#easel);
		this.panel = null;
	}

	/** Does something with what leads things in and out. */
	#withCarry(run: (carry: Carry) => void | Promise<void>): void {
		const work = this.#carry?.get().then(run);
		if (work !== undefined) this.#orSay(work);
	}

	/** A double click. */
	#openUnder({ offsetX, offsetY }: MouseEvent): void {
		const at = { x: offsetX, y: offsetY };
		const tools = this.#easel?.tools;
		const under = tools?.itemUnder(at) ?? null;
		if (under?.item.photo) this.#openItem(under);
		else tools?.write(at);
	}

	/** A photo on full screen; words are typed into where they are. */
	#openItem({ item: { photo } }: SceneItem): void {
		if (photo === null) return;
		const detail = { photo };
		this.dispatchEvent(new CustomEvent("weft-open-photo", { bubbles: true, detail }));
	}

	#speak(run: (talk: BoardTalk) => void | Promise<void>): void {
		if (this.#talk !== null) this.#orSay(this.#talk.get().then(run));
	}

	/** Tells the person where something they asked for did not come. */
	#orSay(work: Promise<void>): void {
		work.catch((error: unknown) => {
			console.warn("Weft's board:", error);
			this.#tell({ text: t("frame.room.surfaceMissing") });
		});
	}

	#tell(detail: Toast): void {
		this.dispatchEvent(new CustomEvent("weft-toast", { bubbles: true, detail }));
	}
}

customElements.define("weft-board", WeftBoard);

declare global {
	interface HTMLElementTagNameMap {
		"weft-board": WeftBoard;
	}
}

/** A click on a button leaves the focus where it was, so that keys go on working there. */
function keepFocus(event: Event): void {
	event.preventDefault();
}
