/** A person's name and colour go to the server, and come back as what all see. */
import { cleanPersonName, type Person } from "../../../shared/awareness.ts";
import { WeftError } from "../../../shared/errors.ts";
import { changeMe } from "../../api.ts";
import type { Me } from "../../sync/me.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { sayFailure, t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";

/** Saves; the answer is what went wrong, in words, or nothing. */
export async function saveMe(me: Me, draft: Person): Promise<string> {
	const name = cleanPersonName(draft.name);
	if (name === null) return t("frame.me.empty");
	try {
		me.set(await changeMe({ name, color: draft.color }));
		return "";
	} catch (error) {
		if (error instanceof WeftError && error.code === "name_taken") return sayFailure(error.code);
		console.warn("The name was not saved:", error);
		return withFaultId(t("frame.me.failed"), error);
	}
}
