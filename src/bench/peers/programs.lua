-- The programs of src/bench/programs in Lua: the same algorithms, work and results, written as Lua has it (text is gathered in a table).
-- Fengari's integers have 32 bits, which is enough where results are taken modulo 2^32.
local counterOf = function(n)
  return coroutine.wrap(function()
    for i = 0, n - 1 do coroutine.yield(i) end
  end)
end

function bench_coroutine()
  local next = counterOf(200000)
  local sum = 0.0
  for _ = 1, 200000 do sum = sum + next() end
  return string.format("%.0f", sum)
end

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

function bench_fib()
  return tostring(fib(27))
end

function bench_heapsort()
  local n = 20000
  local a = {}
  local x = 42
  for i = 0, n - 1 do
    x = (x * 1103 + 12345) % 65536
    a[i] = x
  end
  local first = n // 2
  local last = n
  while true do
    local value
    if first > 0 then
      first = first - 1
      value = a[first]
    else
      last = last - 1
      if last == 0 then break end
      value = a[last]
      a[last] = a[0]
    end
    local hole = first
    local child = 2 * hole + 1
    while child < last do
      if child + 1 < last and a[child] < a[child + 1] then child = child + 1 end
      if a[child] <= value then break end
      a[hole] = a[child]
      hole = child
      child = 2 * hole + 1
    end
    a[hole] = value
  end
  local sum = 0
  for i = 0, n - 1 do sum = (sum * 31 + a[i] * (i + 1)) % 1000003 end
  return tostring(sum)
end

function bench_loops()
  local sum = 0
  for i = 0, 999 do
    for j = 0, 999 do sum = sum + i * j % 7 end
  end
  return tostring(sum)
end

function bench_mandelbrot()
  local inside = 0
  for y = 0, 99 do
    for x = 0, 99 do
      local cr = x / 50.0 - 1.5
      local ci = y / 50.0 - 1.0
      local zr, zi, k = 0.0, 0.0, 0
      while k < 50 and zr * zr + zi * zi < 4.0 do
        local t = zr * zr - zi * zi + cr
        zi = 2.0 * zr * zi + ci
        zr = t
        k = k + 1
      end
      inside = inside + k
    end
  end
  return tostring(inside)
end

local function matrix(n, seed)
  local m = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j] = (i * seed + j) % 17 end
    m[i] = row
  end
  return m
end

function bench_matmul()
  local n = 60
  local a, b = matrix(n, 3), matrix(n, 5)
  local trace = 0
  for i = 0, n - 1 do
    local row = a[i]
    for j = 0, n - 1 do
      local sum = 0
      for k = 0, n - 1 do sum = sum + row[k] * b[k][j] end
      if i == j then trace = trace + sum end
    end
  end
  return tostring(trace)
end

function bench_mixing()
  local a, b = 0x67452301, 0xefcdab89
  for i = 0, 199999 do
    local f = (a & b) | (~a & 0xffffffff & i)
    local t = (a + f + i * 0x9e3779b1) & 0xffffffff
    a = b
    b = ((t << 7) | (t >> 25)) & 0xffffffff
  end
  return string.format("%.0f %.0f", a % 4294967296.0, b % 4294967296.0)
end

-- What Tcl has lists and arrays for are both tables here. An array's keys are text.
local function sieve(key)
  local n = 50000
  local flag = {}
  for i = 2, n - 1 do flag[key(i)] = 1 end
  local i = 2
  while i * i < n do
    if flag[key(i)] == 1 then
      for j = i * i, n - 1, i do flag[key(j)] = 0 end
    end
    i = i + 1
  end
  local count = 0
  for k = 2, n - 1 do count = count + flag[key(k)] end
  return tostring(count)
end

_G["bench_sieve-array"] = function() return sieve(tostring) end

_G["bench_sieve-list"] = function()
  local n = 50000
  local flag = {}
  for i = 0, n - 1 do flag[i] = 1 end
  local i = 2
  while i * i < n do
    if flag[i] == 1 then
      for j = i * i, n - 1, i do flag[j] = 0 end
    end
    i = i + 1
  end
  local count = -2
  for k = 0, n - 1 do count = count + flag[k] end
  return tostring(count)
end

function bench_string()
  local letters = "abcdefghij"
  local parts = {}
  for i = 0, 199999 do
    local k = i % 10 + 1
    parts[#parts + 1] = letters:sub(k, k)
  end
  local s = table.concat(parts)
  local n = 0
  for i = 1, 200000 do
    if s:sub(i, i) == "c" then n = n + 1 end
  end
  return n .. " " .. #s:sub(6, -6)
end

function bench_wordcount()
  local words = {}
  for word in ("the quick brown fox jumps over lazy dog and then sleeps in sun"):gmatch("%S+") do words[#words + 1] = word end
  local parts = {}
  local x = 7
  local length = 0
  while length < 100000 do
    x = (x * 421 + 1663) % 7875
    local word = words[x % #words + 1]
    parts[#parts + 1] = word
    parts[#parts + 1] = " "
    length = length + #word + 1
  end
  local count = {}
  for word in table.concat(parts):gmatch("%S+") do count[word] = (count[word] or 0) + 1 end
  local names = {}
  for word in pairs(count) do names[#names + 1] = word end
  table.sort(names)
  local out = {}
  for _, word in ipairs(names) do out[#out + 1] = word .. " " .. count[word] end
  return table.concat(out, " ")
end
