import type { Result, SettingResult } from "../../sim/experiments/Result.ts"

/** The setting a manager reads of: the recommended one, else the first. */
export const toldSetting = ({ recommendation, settings }: Result): SettingResult | undefined =>
  settings.find(({ setting }) => setting.key === recommendation?.settingKey) ?? settings[0]
