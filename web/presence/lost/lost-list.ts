/** `<weft-lost-list>`: what servers refused of one person's; opens such a file too. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { forgetLost, type KeptWork, listLost } from "../../sync/device/lost-work.ts";
import { isOurs, type Me } from "../../sync/me.ts";
import { confirmDialog } from "../../ui/dialog.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/device.ts";
import "../../ui/messages/rights.ts";
import { sayBytes } from "../../ui/size.ts";
import { fullTime } from "../../ui/time.ts";
import { showToast } from "../../ui/toast.ts";
import { openLost } from "./open-lost.ts";
import { saveFile } from "./save-file.ts";

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
			const works = await listLost();
			this.works = works.filter(({ by }) => isOurs(this.me.person, by));
		} catch (error) {
			console.warn("What servers refused cannot be read:", error);
		}
	}

	async #forget({ id }: KeptWork, words: Words): Promise<void> {
		const isSure = await confirmDialog({
			title: t("rights.lost.dropSure", words),
			text: t("rights.lost.dropText"),
			yes: t("rights.lost.dropOne"),
			isDangerous: true,
		});
		if (!isSure) return;
		try {
			await forgetLost(id);
		} catch (error) {
			console.warn("What a server refused is kept still:", error);
			showToast({ text: t("device.removeFailed") });
		}
		await this.#look();
	}

	readonly #onFile = async ({ currentTarget }: Event): Promise<void> => {
		const input = currentTarget as HTMLInputElement;
		const file = input.files?.[0];
		input.value = ""; // The same file may be chosen again.
		if (file === undefined) return;
		try {
			await this.#open(new Uint8Array(await file.arrayBuffer()));
		} catch (error) {
			console.warn("Not read:", error); // It was moved or changed since it was chosen.
			showToast({ text: t("rights.lost.unreadable") });
		}
	};

	#open(update: Uint8Array): Promise<void> {
		return openLost(update, this.me.person.id);
	}

	protected override render(): TemplateResult {
		return html`
			<h2>${t("rights.lost.list")}</h2>
			<p class="weft-device__lead">${t("rights.lost.listText")}</p>
			${this.works.length === 0 ? nothing : this.#rows()}
			<label class="weft-button weft-device__file">
				${icon(moreIcons.upload)} ${t("rights.lost.file")}
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
				<p>${sayBytes(work.update.length)}</p>
			</div>
			<span class="weft-device__acts">
				${act("save", words, () => saveFile(work.update, work.title))}
				${act("open", words, () => this.#open(work.update))}
				${act("drop", words, () => this.#forget(work, words))}
			</span>
		</li>`;
	}
}

type Words = Readonly<Record<"title" | "time", string>>;

function act(name: "save" | "open" | "drop", words: Words, run: () => unknown): TemplateResult {
	return html`<button
		class="weft-button"
		aria-label=${t(`rights.lost.${name}Name`, words)}
		@click=${run}
	>
		${t(`rights.lost.${name}One`)}
	</button>`;
}

customElements.define("weft-lost-list", WeftLostList);
