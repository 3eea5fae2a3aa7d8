/** Who is on a surface, as dots in their colours beside its name. */
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import "./on-surface.css";
import type { SurfaceName } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { hereOf } from "./here.ts";

/** More dots are not counted at a glance. */
const dotsMax = 3;

/**
 * `<weft-on-surface .client .surface>`: only for the eye; the list of people says it in words. Who
 * is away is left out.
 */
export class WeftOnSurface extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		surface: { attribute: false },
		colors: { state: true },
	};
	declare client: RoomClient | null;
	declare surface: SurfaceName;
	declare colors: readonly string[];
	#cancel: Cancel = () => undefined;

	constructor() {
		super();
		this.client = null;
		this.surface = "board";
		this.colors = [];
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.setAttribute("aria-hidden", "true");
		this.#listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#cancel();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#listen();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	#listen(): void {
		this.#cancel();
		if (this.client === null) return;
		const here = hereOf(this.client);
		const look = (): void => {
			const on = here.people.filter(({ surface, isIdle }) => surface === this.surface && !isIdle);
			const colors = on.slice(0, dotsMax).map(({ person }) => person.color);
			if (colors.join() !== this.colors.join()) this.colors = colors;
		};
		this.#cancel = here.onChange(look);
		look();
	}

	protected override render(): TemplateResult {
		return html`${this.colors.map((color) => html`<i .style=${`background:${color}`}></i>`)}`;
	}
}

customElements.define("weft-on-surface", WeftOnSurface);
