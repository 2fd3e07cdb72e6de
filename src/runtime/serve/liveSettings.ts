import type { FloorCampaign, FloorConfig } from "../../config/floor/FloorConfig.ts"
import { compileFlow } from "../../dialler/flow/compileFlow.ts"
import type { FlowProgram } from "../../dialler/flow/FlowProgram.ts"
import { answeringMachineLenient } from "../../media/detection/AnsweringMachine.ts"
import { recordingsOf } from "./recordingsOf.ts"
import { type LiveCampaign, type LiveSettings, usualLimits } from "../live/LiveSettings.ts"

/** What calls need to know of a floor's configuration. */
export const liveSettingsOf = (config: FloorConfig): LiveSettings => ({
  zone: config.zone,
  recordingsFolder: recordingsOf(config).folder,
  prompts: {
    folder: config.prompts.folder,
    speech: {
      command: "espeak-ng",
      voice: config.prompts.voice,
      wordsPerMinute: config.prompts.wordsPerMinute,
      folder: `${config.prompts.folder}/spoken`
    }
  },
  campaigns: config.campaigns.map(toCampaign),
  agents: config.groups.flatMap(({ agents, alwaysOn }) =>
    agents.map(({ phone, user }) => ({ user, address: phone.kind === "fixed" ? phone.uri : null, alwaysOn }))
  ),
  country: config.campaigns[0].list.options.country,
  limits: usualLimits
})

const toCampaign = (campaign: FloorCampaign): LiveCampaign => ({
  name: campaign.settings.name,
  numbersDialled: campaign.numbersDialled,
  putsThrough: campaign.settings.queue !== null,
  takesRequests: campaign.takesRequests,
  record: campaign.record,
  detection: answeringMachineLenient,
  flow: flowOf(campaign),
  holdMusic: campaign.holdMusic,
  abandonMessage: campaign.abandonMessage,
  announcement: null,
  closingMessage: campaign.closingMessage
})

const flowOf = ({ settings }: FloorCampaign): FlowProgram | null => {
  const { flow, groups, known } = settings
  if (flow === null) return null
  return compileFlow(flow, { groups, parameters: known.parameters, files: null }).program
}
