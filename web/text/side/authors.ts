/** Shows who wrote what: colours in the text, and a legend with names that says the same. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Person } from "../../../shared/awareness.ts";
import { isOurs } from "../../sync/me.ts";
import { paint } from "../../ui/find/paint.ts";
import { icon } from "../../ui/icons.ts";
import { inLocale } from "../../ui/language.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/text-words/side.ts";
import { Places } from "../find/places.ts";
import type { EditorSession } from "../session.ts";
import { leftBehind, stretchesOf, type Writer, writersOf } from "./writers.ts";
import "./authors.css";

const shares = inLocale((locale) => new Intl.NumberFormat(locale, { style: "percent" }));

/** So many have a colour of their own; all others share the last one's look. */
const slotsMax = 24;

/** What is written anew is coloured when nothing changed for this long. */
const lookMs = 200;

/** `<weft-authors .session .close>`: a row below the text. */
export class WeftAuthors extends LitElement {
	static override readonly properties = {
		writers: { state: true },
		chosen: { state: true },
	};

	declare writers: readonly Writer[];
	/** The only one whose words are shown; undefined for all. */
	declare chosen: string | null | undefined;
	session: EditorSession | null = null;
	close: () => void = () => undefined;
	readonly #sheet = new CSSStyleSheet();
	#rules = "";
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super();
		this.writers = [];
		this.chosen = undefined;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		document.adoptedStyleSheets.push(this.#sheet);
		this.session?.quill.on("editor-change", this.#onChange);
		this.session?.client.awareness.on("change", this.#lookSoon);
		this.#look();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
		this.session?.quill.off("editor-change", this.#onChange);
		this.session?.client.awareness.off("change", this.#lookSoon);
		const sheets = document.adoptedStyleSheets;
		document.adoptedStyleSheets = sheets.filter((sheet) => sheet !== this.#sheet);
		for (let slot = 0; slot < slotsMax; slot++) paint(nameOf(slot), []);
	}

	protected override updated(): void {
		this.#paint();
	}

	protected override render(): TemplateResult {
		const letters = this.writers.reduce((sum, writer) => sum + writer.letters, 0);
		return html`<div class="weft-authors" role="group" aria-label=${t("text.authors")}>
			<div class="weft-authors-names">
				${
					this.writers.length === 0
						? html`<p>${t("text.authorsNone")}</p>`
						: this.writers.map((writer) => this.#writer(writer, letters))
				}
			</div>
			<button
				type="button"
				class="weft-icon-button"
				aria-label=${t("frame.close")}
				title=${t("frame.close")}
				@click=${() => this.close()}
			>
				${icon("close")}
			</button>
		</div>`;
	}

	#writer(writer: Writer, letters: number): TemplateResult {
		const isChosen = this.chosen === writer.id;
		const isMe = writer.id === this.session?.client.me.id;
		const share = shares().format(writer.letters / letters);
		return html`<button
			type="button"
			aria-pressed=${isChosen}
			@click=${() => {
				this.chosen = isChosen ? undefined : writer.id;
			}}
		>
			<i .style=${`--person: ${writer.color}`} ?data-unknown=${writer.id === null}></i>
			<span>${isMe ? t("text.authorYou") : writer.name}</span>
			${letters === 0 ? nothing : html`<small>${share}</small>`}
		</button>`;
	}

	readonly #onChange = (name: string): void => {
		if (name === "text-change") this.#lookSoon();
	};

	readonly #lookSoon = (): void => {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#look(), lookMs);
	};

	#look(): void {
		const { session } = this;
		if (session === null || !this.isConnected) return;
		if (!session.screen.isCurrent) {
			// Places in the doc mean nothing on a screen that is behind it.
			this.#lookSoon();
			return;
		}
		this.writers = writersOf(
			stretchesOf(session.text),
			this.#people(session),
			t("text.authorEarlier"),
		);
	}

	/** What somebody says of themselves beats what is known of them otherwise. */
	#people(session: EditorSession): Map<number, Person> {
		const left = leftBehind(session.client.doc);
		const met = session.met.people;
		const { me } = session.client;
		const latest = new Map([...met.values()].map((person) => [person.id, person]));
		const people = new Map([...left, ...met]);
		for (const [client, person] of people) {
			people.set(client, isOurs(me, person.id) ? me : (latest.get(person.id) ?? person));
		}
		return people;
	}

	#paint(): void {
		const { session } = this;
		if (session === null || !session.screen.isCurrent) return;
		const places = new Places(session.quill);
		const rules: string[] = [];
		for (let slot = 0; slot < slotsMax; slot++) {
			const writers =
				slot < slotsMax - 1 ? this.writers.slice(slot, slot + 1) : this.writers.slice(slot);
			const shown = writers.filter(({ id }) => this.chosen === undefined || this.chosen === id);
			const ranges = shown.flatMap(({ stretches }) =>
				stretches.map(({ index, length }) => places.rangeOf(index, length)),
			);
			paint(
				nameOf(slot),
				ranges.filter((range) => range !== null),
				-1,
			);
			const [writer] = writers;
			if (writer !== undefined) rules.push(ruleOf(slot, writer.color));
		}
		const css = rules.join("\n");
		if (css !== this.#rules) this.#sheet.replaceSync(css);
		this.#rules = css;
	}
}

function nameOf(slot: number): string {
	return `weft-author-${slot}`;
}

/** Colours were checked to be nothing else. On them quiet words are as strong as others. */
function ruleOf(slot: number, color: string): string {
	const [light, dark] = [22, 58].map(
		(part) => `color-mix(in srgb, ${color} ${part}%, transparent)`,
	);
	const looks = `background-color: light-dark(${light}, ${dark}); color: var(--ink)`;
	return `@media screen { ::highlight(${nameOf(slot)}) { ${looks} } }`;
}

customElements.define("weft-authors", WeftAuthors);
