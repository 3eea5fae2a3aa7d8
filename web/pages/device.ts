/** `<weft-device>`: what this browser keeps of rooms, how much it is, and how to be rid of it. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import "./device.css";
import { anyone } from "../../shared/ids.ts";
import "../presence/lost/lost-list.ts";
import { browserUploads } from "../photos/upload/upload-store.ts";
import { forgetRights } from "../sync/access/known-rights.ts";
import { appUrl, roomPath } from "../sync/base.ts";
import { claimsKey, isKeeping, setKeeping } from "../sync/device/keeping.ts";
import { type KeptRoom, listKeptRooms } from "../sync/device/kept-rooms.ts";
import { forgetMet } from "../sync/device/met.ts";
import { deviceMemory, isOurs, type Me } from "../sync/me.ts";
import { forgetCopy } from "../sync/offline.ts";
import { confirmDialog } from "../ui/dialog.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { icon } from "../ui/icons.ts";
import { t, tCount } from "../ui/messages.ts";
import "../ui/messages/device.ts";
import { fallbackTitle } from "../sync/access/fallback-title.ts";
import { sayBytes } from "../ui/size.ts";
import { showToast } from "../ui/toast.ts";
import { homeMark } from "./home-mark.ts";
import { forgetVisits, recentVisits } from "./list/recent.ts";
import { setPageTitle } from "./page-title.ts";

/** A room and its photos that wait. */
interface Kept extends KeptRoom {
	readonly title: string;
	readonly photoCount: number;
	readonly isMine: boolean;
}

type Look =
	| { readonly phase: "looking" }
	| { readonly phase: "failed" }
	| { readonly phase: "seen"; readonly rooms: readonly Kept[]; readonly totalBytes: number | null };

/** Property: `me`. */
export class WeftDevice extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		look: { state: true },
	};
	declare me: Me;
	declare look: Look;

	constructor() {
		super();
		this.look = { phase: "looking" };
	}

	override connectedCallback(): void {
		super.connectedCallback();
		setPageTitle(`${t("device.title")} · ${t("frame.name")}`);
		void this.#look();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		return html`<main class="weft-device">
			${homeMark()}
			<h1>${t("device.title")}</h1>
			<p class="weft-device__lead">${t("device.text")}</p>
			${this.#renderKeep()}
			<h2>${t("device.rooms")}</h2>
			${this.#renderLook()}
			<weft-lost-list .me=${this.me}></weft-lost-list>
		</main>`;
	}

	#renderKeep(): TemplateResult {
		return html`<label class="weft-device__keep">
			<input
				type="checkbox"
				.checked=${isKeeping(deviceMemory())}
				@change=${(event: Event) => this.#setKeeping(event)}
			/>
			<span>
				<strong>${t("device.keep")}</strong>
				<span>${t("device.keepText")}</span>
			</span>
		</label>`;
	}

	#renderLook(): TemplateResult {
		const { look } = this;
		if (look.phase === "failed") return html`<p role="alert">${t("device.failed")}</p>`;
		if (look.phase !== "seen") return html`<p aria-busy="true">${t("device.loading")}</p>`;
		if (look.rooms.length === 0) {
			return html`<p class="weft-device__empty">${t("device.empty")} ${t("device.emptyText")}</p>`;
		}
		return html`
			<ul class="weft-device__rooms">
				${look.rooms.map((room) => this.#renderRoom(room))}
			</ul>
			<div class="weft-device__foot">
				<span>
					${look.totalBytes === null ? "" : t("device.total", { size: sayBytes(look.totalBytes) })}
				</span>
				<button class="weft-button" @click=${() => this.#askToRemove(look.rooms)}>
					${icon("trash")} ${t("device.removeAll")}
				</button>
			</div>
		`;
	}

	#renderRoom(kept: Kept): TemplateResult {
		const waits = [
			kept.waiting > 0 ? tCount("device.changes", kept.waiting) : "",
			kept.photoCount > 0 ? tCount("device.photos", kept.photoCount) : "",
		].filter(Boolean);
		return html`<li>
			<div>
				<a href=${appUrl(roomPath(kept.room))}>${kept.title}</a>
				${kept.isMine ? nothing : html`<p>${t("device.theirs")}</p>`}
				${waits.map(
					(words) => html`<p class="weft-device__waits">
						${icon(moreIcons.clock)} ${words}
					</p>`,
				)}
			</div>
			<span class="weft-device__size">${sayBytes(kept.sizeBytes)}</span>
			<button
				class="weft-button"
				aria-label=${t("device.removeRoom", { title: kept.title })}
				@click=${() => this.#askToRemove([kept])}
			>
				${t("device.remove")}
			</button>
		</li>`;
	}

	async #look(): Promise<void> {
		try {
			this.look = { phase: "seen", rooms: await this.#rooms(), totalBytes: await totalBytes() };
		} catch (error) {
			console.warn("What this device keeps cannot be read:", error);
			this.look = { phase: "failed" };
		}
	}

	async #rooms(): Promise<Kept[]> {
		const [rooms, uploads] = await Promise.all([listKeptRooms(), browserUploads.listAll()]);
		const titles = new Map(recentVisits(deviceMemory()).map(({ room, title }) => [room, title]));
		return rooms.map((kept) => {
			const isTheirs = (by = kept.userId) => by === kept.userId;
			const photos = uploads.filter(({ room, by }) => room === kept.room && isTheirs(by));
			return {
				...kept,
				title: titles.get(kept.room) || fallbackTitle(kept.room, null),
				photoCount: photos.length,
				sizeBytes: photos.reduce((sum, { file }) => sum + file.size, kept.sizeBytes),
				isMine: isOurs(this.me.person, kept.userId) || kept.userId === anyone,
			};
		});
	}

	async #askToRemove(rooms: readonly Kept[]): Promise<void> {
		if (await isSure(rooms)) await this.#remove(rooms);
	}

	async #remove(rooms: readonly Kept[]): Promise<void> {
		try {
			for (const kept of rooms) await removeKept(kept);
			if (rooms.length > 0) showToast({ text: t("device.removed") });
		} catch (error) {
			console.warn("What this device keeps cannot be removed:", error);
			showToast({ text: t("device.removeFailed") });
		}
		await this.#look();
	}

	/** The wish is written at once: somebody may go to a room before all is removed. */
	async #setKeeping(event: Event): Promise<void> {
		const input = event.target as HTMLInputElement;
		const memory = deviceMemory();
		const rooms = this.look.phase === "seen" ? this.look.rooms : [];
		if (!input.checked && !(await isSure(rooms))) {
			input.checked = true;
			return;
		}
		setKeeping(memory, input.checked);
		if (input.checked) return;
		forgetVisits(memory);
		forgetMet(memory);
		forgetRights(memory);
		memory?.setItem(claimsKey, "");
		await this.#remove(rooms);
	}
}

/** Asks where something would be lost. False where somebody thought better of it. */
async function isSure(rooms: readonly Kept[]): Promise<boolean> {
	if (rooms.every(({ waiting, photoCount }) => waiting + photoCount === 0)) return true;
	const words = { title: t("device.sureTitle"), text: t("device.sureText") };
	return confirmDialog({ ...words, yes: t("device.sureYes"), isDangerous: true });
}

async function removeKept({ name, room, userId }: Kept): Promise<void> {
	await forgetCopy(name);
	forgetMet(deviceMemory(), room);
	forgetRights(deviceMemory(), room);
	for (const { id, by } of await browserUploads.list(room)) {
		if ((by ?? userId) === userId) await browserUploads.delete(room, id);
	}
}

/** All that this origin keeps, the app too; null where the browser does not say. */
async function totalBytes(): Promise<number | null> {
	const estimate = await navigator.storage?.estimate?.();
	return estimate?.usage ?? null;
}

customElements.define("weft-device", WeftDevice);
