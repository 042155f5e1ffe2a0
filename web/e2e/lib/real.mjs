// The real binary on a port of its own, with a demo shop of its own.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const binary = process.env.XIAOER ?? fileURLToPath(new URL('../../../bin/xiaoer', import.meta.url))

const freePort = () =>
  new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => resolve(port))
    })
  })

/** Starts the demo and waits until it says that it is ready. */
export async function startReal() {
  const data = await mkdtemp(join(tmpdir(), 'xiaoer-story-'))
  const listen = `127.0.0.1:${await freePort()}`
  const child = spawn(binary, ['demo', '--listen', listen, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  await new Promise((resolve, reject) => {
    const hear = (b) => {
      log += b
      if (log.includes('is ready')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)))
    child.on('error', reject)
  })
  return {
    origin: `http://${listen}`,
    log: () => log,
    async close() {
      const gone = new Promise((r) => child.on('exit', r))
      child.removeAllListeners('exit')
      child.on('exit', () => {})
      child.kill('SIGTERM')
      await Promise.race([gone, new Promise((r) => setTimeout(r, 3000))])
      child.kill('SIGKILL')
      await rm(data, { recursive: true, force: true })
    },
  }
}
