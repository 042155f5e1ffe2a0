// npm run fake: the invented shop on http://127.0.0.1:8791/console/ (build first), for looking at pages without a server.
import { makeFake } from './server.mjs';

const port = Number(process.env.PORT ?? 8791);
makeFake().listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/console/`));
