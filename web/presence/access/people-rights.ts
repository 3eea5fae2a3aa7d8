/** The people panel of who manages a room: what each may do, who waits, and who presents. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import "./rights.css";
import { surfaceNames } from "../../../shared/awareness.ts";
import { isAccountId, type UserId } from "../../../shared/ids.ts";
import { type Role, roles } from "../../../shared/roles.ts";
import type {
	AccessChange,
	Entry,
	ManagedAccess,
	MemberChange,
	Named,
	RoomAccess,
} from "../../../shared/room-access.ts";
import { isOurs } from "../../sync/me.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { confirmDialog, type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { switchRow } from "../../ui/forms/switch.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { avatar } from "../avatar.ts";
import { hereOf } from "../here.ts";
import { changeAccess, changeMember, forgetMember, handOver, letIn } from "./access-api.ts";
import "./audit-list.ts";
import { choice } from "../../ui/forms/choice.ts";
import { openManaged } from "./managed-dialog.ts";
import { type PersonRow, rowsOf } from "./person-rows.ts";
import { accessOf } from "./room-access.ts";

interface Panel {
	readonly client: RoomClient;
	readonly access: RoomAccess;
	readonly managed: ManagedAccess;
	readonly change: (change: AccessChange) => void;
	readonly decide: (id: UserId, change: MemberChange) => void;
	readonly forget: (id: UserId) => void;
	/** Asks first. */
	readonly hand: (row: PersonRow) => Promise<void>;
}

/** Opens it; it follows who comes and goes, and what others decide. */
export function openRights(client: RoomClient): void {
	const watch = accessOf(client);
	const { room } = client;
	const { closed, draw } = openManaged(client, {
		title: t("rights.people"),
		className: "weft-rights weft-rights--people",
		content: (access, managed) =>
			panel({
				client,
				access,
				managed,
				change: (change) => void watch.change(() => changeAccess(room, change)),
				decide: (id, change) => void watch.change(() => changeMember(room, id, change)),
				forget: (id) => void watch.change(() => forgetMember(room, id)),
				hand: async ({ id, name }) => {
					const text = handWords(id, name);
					const isSure = await confirmDialog({ ...text, yes: t("rights.people.hand") });
					if (isSure) await watch.change(() => handOver(room, id));
					else draw(); // The list of roles goes back to what holds.
				},
			}),
	});
	void closed.then(hereOf(client).onChange(draw));
}

function panel(parts: Panel): TemplateResult {
	const { client, access, managed } = parts;
	const rows = rowsOf(hereOf(client).people, managed, client.me);
	return html`
		${managed.waiting.length === 0 ? nothing : waiting(parts)} ${presentSwitch(parts, access)}
		<section class="weft-rights__part" aria-label=${t("rights.people.all")}>
			<h3>${t("rights.people.all")}</h3>
			${
				rows.length === 0
					? html`<p class="weft-rights__note">${t("rights.people.nobody")}</p>`
					: html`<ul class="weft-rights__list">
							${repeat(
								rows,
								({ id }) => id,
								(row) => personRow(row, parts),
							)}
						</ul>`
			}
		</section>
		${leastPart(parts)}
		<weft-audit-list .room=${client.room}></weft-audit-list>
	`;
}

/** A guest is a cookie: what happens to a room of somebody who loses theirs is said before. */
function handWords(id: UserId, name: string) {
	const title = t("rights.people.handTitle", { name });
	const text = t("rights.people.handText");
	return { title, text: isAccountId(id) ? text : `${text} ${t("rights.people.handGuest")}` };
}

function presentSwitch({ client, change }: Panel, access: RoomAccess): TemplateResult {
	const { presenter, isTalkOpen } = access;
	const isOn = presenter !== null && isOurs(client.me, presenter.id);
	const note =
		presenter !== null && !isOn
			? t("rights.people.presentOther", { name: presenter.name })
			: t("rights.people.presentNote");
	return html`${switchRow({
		label: t("rights.people.present"),
		note,
		isOn: live(isOn),
		change: (isTurnedOn) => change({ presenter: isTurnedOn ? (client.me.id as UserId) : null }),
	})}
	${switchRow({
		label: t("rights.people.talk"),
		note: t("rights.people.talkNote"),
		isOn: live(isTalkOpen),
		change: (isTurnedOn) => change({ isTalkOpen: isTurnedOn }),
	})}`;
}

function waiting({ managed, decide }: Panel): TemplateResult {
	return html`<section
		class="weft-rights__part weft-rights__waiting"
		aria-label=${t("rights.people.waiting")}
	>
		<h3>${t("rights.people.waiting")}</h3>
		<ul class="weft-rights__list">
			${repeat(
				managed.waiting,
				({ id }) => id,
				(person) => waitingRow(person, decide),
			)}
		</ul>
	</section>`;
}

function waitingRow({ id, name }: Named, decide: Panel["decide"]): TemplateResult {
	return html`<li class="weft-rights__person">
		<span class="weft-rights__what"><strong>${name}</strong></span>
		<span class="weft-rights__acts">
			<button
				class="weft-button weft-button--primary"
				aria-label=${t("rights.people.letInOne", { name })}
				@click=${() => decide(id, letIn)}
			>
				${t("rights.people.letIn")}
			</button>
			<button
				class="weft-button"
				aria-label=${t("rights.people.refuseOne", { name })}
				@click=${() => decide(id, { role: "out" })}
			>
				${t("rights.people.refuse")}
			</button>
		</span>
	</li>`;
}

function personRow(row: PersonRow, parts: Panel): TemplateResult {
	const { name, role, isMuted } = row;
	const facts = [
		...(row.isMe ? [t("rights.you")] : []),
		...(row.isOwner ? [t("rights.owner")] : []),
		...(role === "out" ? [t("rights.out")] : []),
		...(isMuted ? [t("rights.muted")] : []),
	];
	return html`<li class="weft-rights__person" ?data-away=${row.person === null && !row.isMe}>
		${row.person === null ? html`<span class="weft-rights__face"></span>` : avatar(row.person)}
		<span class="weft-rights__what">
			<strong>${name}</strong>
			${facts.length === 0 ? nothing : html`<small>${facts.join(" · ")}</small>`}
		</span>
		${row.isOwner || row.isMe ? nothing : personActs(row, parts)}
	</li>`;
}

function personActs(row: PersonRow, parts: Panel): TemplateResult {
	const { id, name } = row;
	if (row.role === "out") {
		return html`<span class="weft-rights__acts">
			<button
				class="weft-button"
				aria-label=${t("rights.people.backOne", { name })}
				@click=${() => parts.forget(id)}
			>
				${t("rights.people.back")}
			</button>
		</span>`;
	}
	return html`<span class="weft-rights__acts">
		${roleChoice(row, row.role ?? "none", parts)} ${muteButton(row, parts)}
		<button
			class="weft-button"
			aria-label=${t("rights.people.outOne", { name })}
			@click=${() => putOut(row, parts)}
		>
			${t("rights.people.out")}
		</button>
	</span>`;
}

function putOut(row: PersonRow, { access, change, decide }: Panel): void {
	askPutOut(row, {
		entry: access.entry,
		putOut: () => decide(row.id, { role: "out" }),
		setEntry: (entry) => change({ entry }),
	});
}

/** As who hands a document on does it elsewhere: the last of the roles, for the owner alone. */
function roleChoice(
	row: PersonRow,
	value: Role | "none",
	{ client, managed, decide, hand }: Panel,
) {
	const { owner } = managed;
	const mayHand = owner === null || isOurs(client.me, owner.id);
	return choice<Role | "none" | "hand">({
		label: t("rights.people.role", { name: row.name }),
		isLabelHidden: true,
		value,
		options: (["none", ...roles, ...(mayHand ? (["hand"] as const) : [])] as const).map((role) => ({
			value: role,
			words: t(`rights.role.${role}`),
		})),
		change: (role) => {
			if (role === "hand") void hand(row);
			else decide(row.id, { role: role === "none" ? null : role });
		},
	});
}

function muteButton({ id, name, isMuted }: PersonRow, { decide }: Panel): TemplateResult {
	const label = t(isMuted ? "rights.people.unmuteOne" : "rights.people.muteOne", { name });
	return html`<button
		class="weft-icon-button"
		aria-pressed=${isMuted}
		aria-label=${label}
		title=${label}
		@click=${() => decide(id, { isMuted: !isMuted })}
	>
		${icon(moreIcons.mute)}
	</button>`;
}

/** What the owner narrows: seldom, so it is closed at first. */
function leastPart({ managed, change }: Panel): TemplateResult {
	return html`<details class="weft-rights__least">
		<summary>${t("rights.people.least")}</summary>
		${surfaceNames.map((surface) => {
			const least = managed.least[surface];
			return choice<"all" | "editor" | "owner">({
				label: t(`rights.least.${surface}`),
				value: least === "owner" || least === "editor" ? least : "all",
				options: (["all", "editor", "owner"] as const)
					.filter((option) => option !== "editor" || surface === "chat")
					.map((option) => ({ value: option, words: t(`rights.least.${option}`) })),
				change: (option) => change({ least: { [surface]: option === "all" ? null : option } }),
			});
		})}
	</details>`;
}

/** What is done about new arrivals: nothing, or what keeps out who comes back as another. */
const doors = ["same", "knock", "closed"] as const;
type Door = (typeof doors)[number];

/** What the room gives whom it is about, and who else asks. */
interface PuttingOut {
	readonly entry: Entry;
	readonly putOut: () => void;
	/** Changes what the address gives from then on. */
	readonly setEntry: (entry: Entry) => void;
}

/** Asks first, and says it as it is: a guest may come back as another, where anybody may. */
function askPutOut({ id, name }: Pick<PersonRow, "id" | "name">, parts: PuttingOut): void {
	const isWayBack = !isAccountId(id) && parts.entry !== "knock" && parts.entry !== "closed";
	let door: Door = "same";
	const show = (next: Door): void => {
		door = next;
		dialog.update(content());
	};
	const finish = (isSure: boolean) => () => {
		dialog.close();
		if (!isSure) return;
		parts.putOut();
		if (door !== "same") parts.setEntry(door);
	};
	const content = (): TemplateResult => html`
		<p class="weft-dialog__text">${t("rights.people.outText")}</p>
		${isWayBack ? wayBack(door, show) : nothing}
		<div class="weft-dialog__actions">
			<button class="weft-button" @click=${finish(false)}>${t("frame.cancel")}</button>
			<button class="weft-button weft-button--danger" autofocus @click=${finish(true)}>
				${t("rights.people.out")}
			</button>
		</div>
	`;
	const title = t("rights.people.outTitle", { name });
	const dialog: OpenDialog = openDialog({ title, content: content(), className: "weft-rights" });
}

function wayBack(value: Door, change: (door: Door) => void): TemplateResult {
	return html`
		<p class="weft-dialog__text">${t("rights.people.outGuest")}</p>
		${choice<Door>({
			label: t("rights.people.outDoor"),
			value,
			options: doors.map((door) => ({
				value: door,
				words: t(door === "same" ? "rights.people.outSame" : `rights.entry.${door}`),
			})),
			change,
		})}
	`;
}
