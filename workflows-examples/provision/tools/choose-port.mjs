// choose-port.mjs <port>: a free port when it is 0, else that one if it is free. Writes `port` and `url`.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';

const wanted = Number(process.argv[2]);
const server = createServer();
server.on('error', (error) => {
  console.error(error.code === 'EADDRINUSE' ? `port ${wanted} is in use` : error.message);
  process.exitCode = 1;
});
server.listen(wanted, '127.0.0.1', () => {
  const { port } = server.address();
  appendFileSync(process.env.TOLLGATE_OUTPUT, `port=${port}\nurl=http://127.0.0.1:${port}\n`);
  console.log(`port ${port} is free`);
  server.close();
});
