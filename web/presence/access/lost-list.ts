/** `<weft-lost-list>`: what servers refused and this device keeps; opens such a file too. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { forgetLost, type KeptWork, listLost } from "../../sync/device/lost-work.ts";
import type { Me } from "../../sync/me.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { sayBytes } from "../../ui/size.ts";
import { fullTime } from "../../ui/time.ts";
import { openLost, saveLost } from "./lost-work.ts";

/** Property: `me`. */
export class WeftLostList extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		works: { state: true },
	};
	declare me: Me;
	declare works: readonly KeptWork[];

	constructor() {
		super();
		this.works = [];
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#look();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	async #look(): Promise<void> {
		try {
			this.works = await listLost();
		} catch (error) {
			console.warn("What servers refused cannot be read:", error);
		}
	}

	async #forget({ id }: KeptWork): Promise<void> {
		await forgetLost(id);
		await this.#look();
	}

	readonly #onFile = async ({ currentTarget }: Event): Promise<void> => {
		const input = currentTarget as HTMLInputElement;
		const file = input.files?.[0];
		input.value = ""; // The same file may be chosen again.
		if (file !== undefined) await this.#open(new Uint8Array(await file.arrayBuffer()));
	};

	#open(state: Uint8Array): Promise<void> {
		return openLost(state, this.me.person.id);
	}

	protected override render(): TemplateResult {
		return html`
			<h2>${t("rights.lost.list")}</h2>
			<p class="weft-device__lead">${t("rights.lost.listText")}</p>
			${this.works.length === 0 ? nothing : this.#rows()}
			<label class="weft-button weft-device__file">
				${icon("upload")} ${t("rights.lost.file")}
				<input type="file" class="weft-hidden" accept=".ydoc" @change=${this.#onFile} />
			</label>
		`;
	}

	#rows(): TemplateResult {
		return html`<ul class="weft-device__rooms">
			${this.works.map((work) => this.#row(work))}
		</ul>`;
	}

	#row(work: KeptWork): TemplateResult {
		const title = work.title || t("frame.card.untitled");
		const words = { title, time: fullTime(work.atMs) };
		return html`<li>
			<div>
				<strong>${title}</strong>
				<p>${fullTime(work.atMs)}</p>
				<p>${sayBytes(work.state.length)}</p>
			</div>
			<span class="weft-device__acts">
				${act("save", words, () => saveLost(work))}
				${act("open", words, () => this.#open(work.state))}
				${act("drop", words, () => this.#forget(work))}
			</span>
		</li>`;
	}
}

type LostAct = "save" | "open" | "drop";

function act(name: LostAct, words: Record<string, string>, run: () => unknown): TemplateResult {
	return html`<button
		class="weft-button"
		aria-label=${t(`rights.lost.${name}Name`, words)}
		@click=${run}
	>
		${t(`rights.lost.${name}One`)}
	</button>`;
}

customElements.define("weft-lost-list", WeftLostList);
