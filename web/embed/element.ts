/**
 * `<weft-board room="garden" token="…">` on any page, by one script:
 *
 *     <script type="module" src="https://weft.example.org/embed.js"></script>
 *
 * It shows the room's board alone in a frame of the server that the script came from, so that page
 * and board cannot reach into each other. This file is all that the page gets, and has nothing of
 * the app in it. What may change later is followed: another room or token is another frame. Fires
 * `weft-ready` when the board's page is there.
 */
import { embedWords } from "../ui/board-words/outside.ts";

/** A page that loads slowly is not away. */
const silentMsMax = 20_000;
/** What was loaded and says nothing by then is not the board. */
const loadedMsMax = 5_000;

/** Sizes are for whoever has the page to say; without a word it is as high as this. */
const style = `
:host { display: block; block-size: 480px; min-block-size: 240px; position: relative; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; }
p { margin: 0; padding: 1em; font: 1rem/1.5 system-ui, sans-serif; }
p:not([hidden]) + iframe { visibility: hidden; position: absolute; inset: 0; }
`;

/** Where the server is, with a slash at the end: beside this script. */
const home = new URL(".", import.meta.url);

/** See above. */
export class WeftBoardFrame extends HTMLElement {
	static readonly observedAttributes = ["room", "token", "aria-label"];
	readonly #words = document.createElement("p");
	#frame: HTMLIFrameElement | null = null;
	#isDue = false;
	/** The board's page has said that it is there, perhaps before it had all its pictures. */
	#isThere = false;
	#timer = 0;

	constructor() {
		super();
		const root = this.attachShadow({ mode: "open", delegatesFocus: true });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(style);
		root.adoptedStyleSheets = [sheet];
		this.#words.setAttribute("role", "status");
		this.#words.hidden = true;
		root.append(this.#words);
	}

	connectedCallback(): void {
		addEventListener("message", this.#onMessage);
		this.#showSoon();
	}

	disconnectedCallback(): void {
		removeEventListener("message", this.#onMessage);
		clearTimeout(this.#timer);
		this.#frame?.remove();
		this.#frame = null;
	}

	attributeChangedCallback(name: string, before: string | null, after: string | null): void {
		if (before === after || !this.isConnected) return;
		if (name === "aria-label") this.#name();
		else this.#showSoon();
	}

	/** Several attributes that change together are one change. */
	#showSoon(): void {
		if (this.#isDue) return;
		this.#isDue = true;
		queueMicrotask(() => {
			this.#isDue = false;
			if (this.isConnected) this.#show();
		});
	}

	#show(): void {
		clearTimeout(this.#timer);
		this.#frame?.remove();
		this.#frame = null;
		this.#isThere = false;
		const room = this.getAttribute("room") ?? "";
		this.#say(room === "" ? this.#wordsOfPage().noRoom : "");
		if (room === "") return;
		const frame = document.createElement("iframe");
		frame.allow = "clipboard-read; clipboard-write; fullscreen";
		frame.referrerPolicy = "no-referrer";
		const address = addressOf(room);
		address.searchParams.set("only", "board");
		const token = this.getAttribute("token") ?? "";
		// Behind the sign a browser tells it to no server; the board's page reads it there.
		if (token !== "") address.hash = new URLSearchParams({ token }).toString();
		frame.addEventListener("load", () => {
			if (!this.#isThere) this.#wait(loadedMsMax);
		});
		this.#wait(silentMsMax);
		frame.src = address.href;
		this.#frame = frame;
		this.#name();
		this.shadowRoot?.append(frame);
	}

	#name(): void {
		const name = this.getAttribute("aria-label") ?? this.#wordsOfPage().board;
		if (this.#frame !== null) this.#frame.title = name;
	}

	#wait(ms: number): void {
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => {
			const link = document.createElement("a");
			link.href = addressOf(this.getAttribute("room") ?? "").href;
			link.target = "_blank";
			link.rel = "noopener";
			link.textContent = this.#wordsOfPage().openInTab;
			this.#say(this.#wordsOfPage().silent, link);
		}, ms);
	}

	readonly #onMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
		if (source === null || source !== this.#frame?.contentWindow || origin !== home.origin) return;
		if ((data as { weft?: unknown } | null)?.weft !== "ready") return;
		clearTimeout(this.#timer);
		this.#isThere = true;
		this.#say("");
		this.dispatchEvent(new CustomEvent("weft-ready", { bubbles: true }));
	};

	#say(text: string, link?: HTMLElement): void {
		this.#words.replaceChildren(text, ...(link === undefined ? [] : [" ", link]));
		this.#words.hidden = text === "";
	}

	#wordsOfPage(): ReturnType<typeof embedWords> {
		const near = this.closest<HTMLElement>("[lang]")?.lang;
		return embedWords(near || navigator.language);
	}
}

/** The room's page on the server. */
function addressOf(room: string): URL {
	return new URL(`r/${encodeURIComponent(room)}/board`, home);
}

if (customElements.get("weft-board") === undefined) {
	customElements.define("weft-board", WeftBoardFrame);
}
