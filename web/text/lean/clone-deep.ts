/** What quill-delta requires as `lodash.clonedeep`: the function itself is the module. */
import { cloneDeep } from "./lodash.ts";

export { cloneDeep as "module.exports" };
