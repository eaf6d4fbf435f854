-- POST /api/registrazione-software by a pool of installations whose totals change. POOL is how many
-- there are; PLAIN=1 sends the fewer fields that the plain servers of registrations.py take.
local pool = tonumber(os.getenv("POOL") or "50000")
local plain = os.getenv("PLAIN") == "1"
local thread = 0
function setup(t) t:set("thread", thread); thread = thread + 1 end
function init()
  math.randomseed(os.time() * 1000 + (thread or 0) * 7919)
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  local n = math.random(pool)
  local id = string.format("%08x-0000-4000-8000-%012x", n, n)
  local version = "4." .. (n % 10)
  if plain then
    return wrk.format("POST", "/api/registrazione-software", nil,
      '{"software":"Gestionale Pro","version":"' .. version .. '","install_id":"' .. id ..
      '","os":"Windows 11 x64","locale":"it-IT","extra":{"totale_ordini":' .. math.random(100000) ..
      ',"totale_venduto":' .. math.random(10000000) .. '}}')
  end
  return wrk.format("POST", "/api/registrazione-software", nil,
    '{"nome_software":"Gestionale Pro","versione":"' .. version .. '","id_installazione":"' .. id ..
    '","ragione_sociale":"Cliente ' .. (n % 5000) .. ' S.r.l.","sistema_operativo":"Windows 11 x64"' ..
    ',"totale_ordini":' .. math.random(100000) .. ',"totale_venduto":' .. math.random(10000000) .. '}')
end
