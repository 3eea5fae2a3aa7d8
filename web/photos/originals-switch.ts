/** The switch for photos that are to be kept as they were chosen too. */
import type { TemplateResult } from "lit";
import { photoBytesMax } from "../../shared/limits.ts";
import { deviceMemory } from "../sync/me.ts";
import { switchRow } from "../ui/forms/switch.ts";
import { t } from "../ui/messages.ts";
import { sayBytes } from "../ui/size.ts";
import { sendOriginals, sendsOriginals } from "./upload/originals.ts";

/** The switch with its words; it changes what this device does from now on. */
export function originalsSwitch(): TemplateResult {
	const memory = deviceMemory();
	return switchRow({
		label: t("photos.originals"),
		note: t("photos.originals.note", { size: sayBytes(photoBytesMax) }),
		isOn: sendsOriginals(memory),
		change: (isOn) => sendOriginals(memory, isOn),
	});
}
