import { Effect, Layer, Sink, Stream } from "effect"
import { ChildProcessSpawner } from "effect/process"

/** In place of the program that speaks: it keeps what it is asked to say, as `voice: text`, and gives always this sound. */
export const fakeSpeaker = (sound: Uint8Array, said: Array<string>) =>
  Layer.succeed(
    ChildProcessSpawner.ChildProcessSpawner,
    ChildProcessSpawner.make((command) =>
      Effect.gen(function* () {
        if (command._tag !== "StandardCommand") return yield* Effect.die("a pipeline")
        const text = yield* (command.options.stdin as Stream.Stream<Uint8Array>).pipe(
          Stream.decodeText(),
          Stream.mkString
        )
        said.push(`${command.args[1] as string}: ${text}`)
        return ChildProcessSpawner.makeHandle({
          pid: ChildProcessSpawner.ProcessId(1),
          exitCode: Effect.succeed(ChildProcessSpawner.ExitCode(0)),
          isRunning: Effect.succeed(false),
          kill: () => Effect.void,
          stdin: Sink.drain,
          stdout: Stream.make(sound),
          stderr: Stream.empty,
          all: Stream.make(sound),
          getInputFd: () => Sink.drain,
          getOutputFd: () => Stream.empty,
          unref: Effect.succeed(Effect.void)
        })
      })
    )
  )
