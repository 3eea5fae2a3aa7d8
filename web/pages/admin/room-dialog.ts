/** What who runs the server does with one room: in a dialog, with who is there now. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../../presence/access/rights.css";
import type { RoomName } from "../../../shared/ids.ts";
import type { Asked, HerePerson, OperatedRoom, Page } from "../../../shared/operator.ts";
import type { ManagedAccess, MemberRole, RoomMember } from "../../../shared/room-access.ts";
import {
	changeMember,
	fetchAccess,
	forgetMember,
	handOver,
	setBinned,
} from "../../presence/access/access-api.ts";
import "../../presence/access/audit-list.ts";
import { avatar, memberMark } from "../../presence/avatar.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { confirmDialog, type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import "../../ui/messages/rights.ts";
import { closeRoom, fetchHere, kickAll } from "./admin-api.ts";
import { type Deed, deedList, noRows, troubleLine } from "./list-parts.ts";
import { listingOf } from "./listing.ts";
import { chooseOwner } from "./new-owner.ts";
import { titleOf } from "./room-title.ts";

/** Opens it; `changed` is called whenever something is otherwise now. */
export function openRoomDialog(room: OperatedRoom, changed: () => Promise<void>): void {
	const dialog: OpenDialog = openDialog({
		title: titleOf(room),
		className: "weft-admin-dialog weft-rights",
		content: html`<weft-admin-room .room=${room} .changed=${changed}></weft-admin-room>`,
	});
	// Whoever follows a link out of it, or is brought to another page, leaves it.
	const leave = (): void => dialog.close();
	addEventListener("popstate", leave);
	dialog.element.addEventListener("click", ({ target }) => {
		if (target instanceof Element && target.closest("a") !== null) leave();
	});
	void dialog.closed.then(() => removeEventListener("popstate", leave));
}

/** What came of the last thing that was done, and how to take it back. */
interface News {
	readonly text: string;
	readonly undo?: () => void;
}

/** Properties: `room` and `changed`. */
export class WeftAdminRoom extends LitElement {
	static override readonly properties = {
		room: { attribute: false },
		changed: { attribute: false },
		news: { state: true },
	};
	declare room: OperatedRoom;
	declare changed: () => Promise<void>;
	declare news: News | null;
	readonly #here = listingOf<Asked, Page<HerePerson>>(this, {
		fetch: (asked) => fetchHere({ ...asked, room: this.room.name }),
		query: { words: "", from: 0 },
	});

	constructor() {
		super();
		this.news = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { room } = this;
		const rows = this.#here.page?.rows ?? [];
		const moreCount = (this.#here.page?.matchCount ?? 0) - rows.length;
		return html`
			<a class="weft-button" href=${appUrl(roomPath(room.name))}>
				${icon("share")} ${t("admin.room.open")}
			</a>
			${this.#newsLine()}
			<section class="weft-rights__part" aria-label=${t("admin.room.hereNow")}>
				<h3>${t("admin.room.hereNow")}</h3>
				${troubleLine(this.#here)}
				${noRows(this.#here, t("admin.room.nobody"))}
				<ul class="weft-rights__list">
					${repeat(
						rows,
						({ id }) => id,
						(person) => this.#person(person),
					)}
				</ul>
				${
					moreCount > 0
						? html`<p class="weft-rights__note">${tCount("admin.room.more", moreCount)}</p>`
						: nothing
				}
			</section>
			<section class="weft-rights__part" aria-label=${t("admin.room.acts")}>
				<h3>${t("admin.room.acts")}</h3>
				${deedList(this.#deeds(rows.length > 0))}
			</section>
			<weft-audit-list .room=${room.name}></weft-audit-list>
		`;
	}

	/** Not at the bottom of the window: beside a dialog nothing can be pressed. */
	#newsLine(): TemplateResult {
		const { text = "", undo = null } = this.news ?? {};
		return html`<div class="weft-admin__news" role="status">
			${text === "" ? nothing : html`<p>${text}</p>`}
			${
				undo === null
					? nothing
					: html`<button class="weft-button" @click=${undo}>${t("admin.room.letIn")}</button>`
			}
		</div>`;
	}

	#person(person: HerePerson): TemplateResult {
		const { id, isAdmin } = person;
		const name = person.name || t("admin.here.unnamed");
		const isOwner = this.room.owner?.id === id;
		const label = t("admin.room.outOne", { name });
		return html`<li>
			<span class="weft-rights__face">${avatar({ ...person, name })}</span>
			<span class="weft-rights__what">
				<strong dir="auto">${name} ${memberMark(id)}</strong>
				<small>${isOwner ? t("rights.owner") : standingOf(person)}</small>
			</span>
			${
				isAdmin || isOwner
					? nothing
					: html`<button
							class="weft-button"
							aria-label=${label}
							@click=${() => this.#putOut(person)}
						>
							${t("admin.room.out")}
						</button>`
			}
		</li>`;
	}

	#deeds(isAnybodyHere: boolean): Deed[] {
		const { room } = this;
		const isBinned = room.binnedAtMs !== null;
		const owner = room.owner?.name ?? "";
		return [
			{
				label: t("admin.room.hand"),
				text:
					room.owner === null ? t("admin.room.unowned") : t("admin.room.owned", { name: owner }),
				run: () => void this.#handOver(),
			},
			{
				label: t("admin.room.kick"),
				text: t("admin.room.kickText"),
				isDangerous: true,
				isDisabled: !isAnybodyHere,
				run: () => void this.#kickAll(),
			},
			{
				label: t("admin.room.close"),
				text: room.isOpen ? t("admin.room.closeText") : t("admin.room.notOpen"),
				isDangerous: true,
				isDisabled: !room.isOpen,
				run: () => void this.#close(),
			},
			isBinned
				? {
						label: t("admin.room.restore"),
						text: t("admin.room.restoreText"),
						run: () => void this.#setBinned(false),
					}
				: {
						label: t("admin.room.bin"),
						text: t("admin.room.binText"),
						run: () => void this.#setBinned(true),
					},
		];
	}

	/** What was decided about them before is what they are again when it is taken back. */
	async #putOut({ id, name }: HerePerson): Promise<void> {
		const { name: room } = this.room;
		const called = name || t("admin.here.unnamed");
		const isSure = await confirmDialog({
			title: t("admin.room.outTitle", { name: called }),
			text: t("admin.room.outText"),
			yes: t("admin.room.out"),
			isDangerous: true,
		});
		if (!isSure) return;
		await this.#try(async () => {
			const before = await membersOf(room);
			await changeMember(room, id, { role: "out" });
			const undo = () => void this.#letIn({ id, name: called }, before);
			return { text: t("admin.room.outDone", { name: called }), undo };
		});
	}

	#letIn(
		{ id, name }: { readonly id: string; readonly name: string },
		before: readonly RoomMember[],
	): Promise<void> {
		return this.#try(async () => {
			await letBack(this.room.name, id, before);
			return { text: t("admin.room.inDone", { name }) };
		});
	}

	async #kickAll(): Promise<void> {
		const isSure = await confirmDialog({
			title: t("admin.room.kickTitle", { title: titleOf(this.room) }),
			text: t("admin.room.kickText"),
			yes: t("admin.room.kick"),
			isDangerous: true,
		});
		if (!isSure) return;
		await this.#try(async () => {
			const { name: room } = this.room;
			const before = await membersOf(room);
			const outCount = await kickAll(room);
			const after = await membersOf(room);
			const out = after.filter(({ id, role }) => role === "out" && roleIn(before, id) !== "out");
			const text = tCount("admin.room.kicked", outCount);
			// Who signed in since goes by another id: nobody is made more by it than they were.
			const isKnown = before.every(({ id }) => after.some((member) => member.id === id));
			if (out.length === 0 || !isKnown) return { text };
			return { text, undo: () => void this.#letAllIn(out, before) };
		});
	}

	#letAllIn(out: readonly RoomMember[], before: readonly RoomMember[]): Promise<void> {
		const { name: room } = this.room;
		return this.#try(async () => {
			for (const { id } of out) await letBack(room, id, before);
			return { text: t("admin.room.inAll") };
		});
	}

	async #close(): Promise<void> {
		const title = titleOf(this.room);
		const isSure = await confirmDialog({
			title: t("admin.room.closeTitle", { title }),
			text: t("admin.room.closeText"),
			yes: t("admin.room.close"),
			isDangerous: true,
		});
		if (!isSure) return;
		await this.#try(async () => {
			await closeRoom(this.room.name);
			this.room = { ...this.room, isOpen: false };
			return { text: t("admin.room.closed", { title }) };
		});
	}

	/** Whom it is given to is chosen in a dialog of its own. */
	async #handOver(): Promise<void> {
		const { name: room } = this.room;
		const here = this.#here.page?.rows ?? [];
		const to = await chooseOwner(this.room, here, (await managedOf(room))?.members ?? []);
		if (to === null) return;
		await this.#try(async () => {
			const { managed } = await handOver(room, to.id);
			this.room = { ...this.room, owner: managed?.owner ?? to };
			return { text: t("admin.room.handed", { name: to.name }) };
		});
	}

	/** It can be taken back: nobody is asked before. */
	#setBinned(isBinned: boolean): Promise<void> {
		return this.#try(async () => {
			await setBinned(this.room.name, isBinned);
			this.room = { ...this.room, binnedAtMs: isBinned ? Date.now() : null };
			const title = titleOf(this.room);
			return { text: t(isBinned ? "rights.binned" : "admin.room.restored", { title }) };
		});
	}

	/** Does something, and shows what is otherwise then. */
	async #try(act: () => Promise<News>): Promise<void> {
		try {
			this.news = await act();
		} catch (error) {
			console.info("Not done:", error);
			this.news = { text: withFaultId(t("admin.undone"), error) };
		}
		await Promise.all([this.#here.again(), this.changed()]);
		this.requestUpdate();
	}
}

async function membersOf(room: RoomName): Promise<readonly RoomMember[]> {
	return (await fetchAccess(room)).managed?.members ?? [];
}

/** Null where it cannot be had. */
async function managedOf(room: RoomName): Promise<ManagedAccess | null> {
	try {
		return (await fetchAccess(room)).managed;
	} catch (error) {
		console.info("Who is known in the room cannot be had:", error);
		return null;
	}
}

function roleIn(members: readonly RoomMember[], id: string): MemberRole | null {
	return members.find((member) => member.id === id)?.role ?? null;
}

/** What was decided about somebody before is what they are again. */
async function letBack(room: RoomName, id: string, before: readonly RoomMember[]): Promise<void> {
	const isKnown = before.some((member) => member.id === id);
	if (isKnown) await changeMember(room, id, { role: roleIn(before, id) });
	else await forgetMember(room, id);
}

/** What somebody is to the server, in words. */
export function standingOf({ isAdmin, isSignedIn }: HerePerson): string {
	if (isAdmin) return t("admin.here.operator");
	return t(isSignedIn ? "admin.here.member" : "admin.here.guest");
}

customElements.define("weft-admin-room", WeftAdminRoom);
