/** Who runs the server gives a room to who is there, is known there, or has an account. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { anyone } from "../../../shared/ids.ts";
import type {
	Asked,
	HerePerson,
	OperatedAccount,
	OperatedRoom,
	Page,
} from "../../../shared/operator.ts";
import type { Named, RoomMember } from "../../../shared/room-access.ts";
import { memberMark } from "../../presence/avatar.ts";
import { type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { fetchAccounts } from "./admin-api.ts";
import { noRows, searchField, troubleLine } from "./list-parts.ts";
import { Listing } from "./listing.ts";
import { titleOf } from "./room-title.ts";

/** Somebody who may be chosen, and why they stand there. */
interface Candidate extends Named {
	readonly note: string;
}

/** Asks whose it shall be; null where the dialog was closed. */
export async function chooseOwner(
	room: OperatedRoom,
	here: readonly HerePerson[],
	members: readonly RoomMember[],
): Promise<Named | null> {
	let chosen: Named | null = null;
	const accounts = new Listing({
		fetch: fetchAccounts,
		query: { words: "", from: 0 },
		changed: () => dialog.update(content()),
	});
	const choose = (person: Named) => () => {
		chosen = person;
		dialog.close();
	};
	const content = (): TemplateResult => {
		const rows = candidates(room, here, members, accounts);
		return html`
			<p class="weft-dialog__text">${t("admin.room.handText")}</p>
			${searchField(accounts, t("admin.room.handSearch"))} ${troubleLine(accounts)}
			${rows.length === 0 ? noRows(accounts, t("admin.room.handNobody")) : nothing}
			<ul class="weft-rights__list">
				${repeat(
					rows,
					({ id }) => id,
					(person) => row(person, choose(person)),
				)}
			</ul>
		`;
	};
	const dialog: OpenDialog = openDialog({
		title: t("admin.room.handTitle", { title: titleOf(room) }),
		className: "weft-admin-dialog weft-rights",
		content: content(),
	});
	accounts.open();
	await dialog.closed;
	accounts.close();
	return chosen;
}

function row({ id, name, note }: Candidate, choose: () => void): TemplateResult {
	return html`<li>
		<span class="weft-rights__what">
			<strong dir="auto">${name} ${memberMark(id)}</strong>
			<small>${note}</small>
		</span>
		<button class="weft-button" aria-label=${t("admin.room.handOne", { name })} @click=${choose}>
			${t("admin.room.handTo")}
		</button>
	</li>`;
}

/** Each once; who owns the room, was put out of it or cannot be told from others is none. */
function candidates(
	{ owner }: OperatedRoom,
	here: readonly HerePerson[],
	members: readonly RoomMember[],
	accounts: Pick<Listing<Asked, Page<OperatedAccount>>, "query" | "page">,
): Candidate[] {
	const out = members.filter(({ role }) => role === "out");
	const found = new Map<string, Candidate>();
	const add = (people: readonly Named[], note: string): void => {
		for (const { id, name } of people) {
			if (name !== "" && !found.has(id)) found.set(id, { id, name, note });
		}
	};
	add(here, t("admin.here"));
	add(members, t("admin.room.known"));
	add(accounts.page?.rows ?? [], t("admin.members"));
	for (const { id } of [...out, { id: anyone }, ...(owner === null ? [] : [owner])])
		found.delete(id);
	const words = accounts.query.words.toLowerCase();
	return [...found.values()].filter(({ name }) => name.toLowerCase().includes(words));
}
