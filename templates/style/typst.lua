-- From the report's HTML, as pandoc read it, to the functions of report.typ.
--
-- Tables are written here and not by pandoc: their columns keep the widths given, rows stay whole,
-- cells keep their marks, and long words get places to break.

local folder = PANDOC_SCRIPT_FILE:match("^(.*)[/\\]") or "."
local syllables = dofile(folder .. "/syllables.lua")
local landscape = dofile(folder .. "/landscape.lua")

local TABLE_SIZE = 8.5 -- points, as in report.typ
local PORTRAIT, LANDSCAPE = 439, 686 -- points between the margins, as in report.typ
local INSET = 8.5
local WRAPPED = {
  cover = "sampul", notice = "catatan", letterhead = "kop", signature = "tanda-tangan",
  source = "sumber", note = "keterangan", ["cover-title"] = "sampul-judul", ["cover-office"] = "sampul-kantor",
  ["cover-year"] = "sampul-tahun", ["cover-issue"] = "sampul-terbitan", address = "alamat",
  uraian = "lengket", visi = "visi",
}
local FILL = {
  ["mark-waiting"] = "warna-tunggu", program = "warna-program", total = "warna-program", head = "warna-kepala",
}
local ALIGN = {AlignLeft = "left", AlignRight = "right", AlignCenter = "center"}

local numbering = "" -- of the pages so far
local convert

local function raw(text) return pandoc.RawBlock("typst", text) end
local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end

local function within(before, blocks, after)
  local out = pandoc.Blocks{raw(before)}
  out:extend(blocks)
  out:insert(raw(after))
  return out
end

-- Blocks as content of a function argument.
local function anchor(id) return raw("#metadata(none) #label(" .. quoted(id) .. ")") end

-- A cell's words in Typst's language. Handing each of some thousand cells back to pandoc costs more than
-- all the rest, so the plain ones (nearly all) are written here; nil for what only pandoc can write.
local function escaped(text) return (text:gsub("%p", "\\%0")) end

local AROUND = {
  Strong = "#strong[", Emph = "#emph[", Superscript = "#super[", Subscript = "#sub[", Underline = "#underline[",
}

local function written(inlines, room)
  local parts = {}
  for i, inline in ipairs(inlines) do
    local kind = inline.t
    if kind == "Str" then parts[i] = escaped(syllables.fit(inline.text, room, TABLE_SIZE))
    elseif kind == "Space" or kind == "SoftBreak" then parts[i] = " "
    elseif kind == "LineBreak" then parts[i] = "#linebreak()"
    else
      local open, inner = AROUND[kind], nil
      if kind == "Link" and inline.target:sub(1, 1) == "#" then
        open = "#link(label(" .. quoted(inline.target:sub(2)) .. "))["
      end
      if open then inner = written(inline.content, room) end
      if not inner then return nil end
      parts[i] = open .. inner .. "]"
    end
  end
  return table.concat(parts)
end

local function written_cell(blocks, room)
  local parts = {}
  for i, block in ipairs(blocks) do
    if block.t ~= "Plain" and block.t ~= "Para" then return nil end
    local text = written(block.content, room)
    if not text then return nil end
    parts[i] = text
  end
  return table.concat(parts, "#parbreak()")
end

-- At which column each cell of the rows stands, spans regarded.
local function placed(rows, columns)
  local covered, places = {}, {}
  for column = 1, columns do covered[column] = 0 end
  for r, row in ipairs(rows) do
    local column = 1
    places[r] = {}
    for c, cell in ipairs(row.cells) do
      while column <= columns and covered[column] > 0 do column = column + 1 end
      places[r][c] = column
      for k = column, math.min(column + cell.col_span - 1, columns) do covered[k] = cell.row_span end
      column = column + cell.col_span
    end
    for k = 1, columns do covered[k] = math.max(covered[k] - 1, 0) end
  end
  return places
end

local function add_cell(out, cell, head, classes, room, id)
  local settings = {}
  local text = written_cell(cell.contents, room)
  if cell.col_span > 1 then table.insert(settings, "colspan: " .. cell.col_span) end
  if cell.row_span > 1 then
    table.insert(settings, "rowspan: " .. cell.row_span)
  elseif text and #text < 1000 then
    table.insert(settings, "breakable: false")
  end
  local align = ALIGN[cell.alignment] or (head and "center") or "left"
  table.insert(settings, "align: " .. align .. (head and " + horizon" or " + top"))
  local fill
  for _, class in ipairs(classes) do fill = FILL[class] or fill end
  for _, class in ipairs(cell.attr.classes) do fill = FILL[class] or fill end
  if fill then table.insert(settings, "fill: " .. fill) end
  local before = "table.cell(" .. table.concat(settings, ", ") .. ")["
  if id and id ~= "" then before = before .. "#metadata(none)#label(" .. quoted(id) .. ")" end
  if head or classes:includes("total") then before = before .. '#set text(weight: "bold");' end
  if text then
    out:line(before .. text .. "],")
  else
    out:line(before)
    out:blocks(convert(cell.contents))
    out:line("],")
  end
end

-- Gathers lines of Typst into as few blocks as possible.
local function writer()
  local lines, result = {}, pandoc.Blocks{}
  local out = {}
  function out.line(_, text) table.insert(lines, text) end
  function out.flush()
    if #lines > 0 then result:insert(raw(table.concat(lines, "\n"))) end
    lines = {}
    return result
  end
  function out.blocks(_, blocks)
    out.flush()
    result:extend(blocks)
  end
  return out
end

local function add_rows(out, rows, head, widths, text_width)
  local places = placed(rows, #widths)
  for r, row in ipairs(rows) do
    local classes = head and pandoc.List{"head"} or row.attr.classes
    for c, cell in ipairs(row.cells) do
      local share = 0
      for k = places[r][c], math.min(places[r][c] + cell.col_span - 1, #widths) do share = share + widths[k] end
      local id = cell.attr.identifier
      if id == "" and c == 1 then id = row.attr.identifier end
      add_cell(out, cell, head, classes, share * text_width - INSET, id)
    end
  end
end

local function write_table(tbl, text_width)
  local widths, sum, missing = {}, 0, 0
  for i, spec in ipairs(tbl.colspecs) do
    widths[i] = spec[2] or 0
    sum = sum + widths[i]
    if widths[i] == 0 then missing = missing + 1 end
  end
  local columns = {}
  for i, width in ipairs(widths) do
    if width == 0 then widths[i] = math.max(1 - sum, 0.1) / missing end
    columns[i] = string.format("%.3ffr", widths[i] * 100)
  end
  local plain = tbl.attr.classes:includes("bare")
  local out = writer()
  out:line((plain and "#tabel-polos(" or "#tabel-isi(") .. "columns: (" .. table.concat(columns, ", ") .. ",),")
  if #tbl.head.rows > 0 then
    out:line("table.header(")
    add_rows(out, tbl.head.rows, true, widths, text_width)
    out:line("),")
  end
  for _, body in ipairs(tbl.bodies) do
    add_rows(out, body.head, true, widths, text_width)
    add_rows(out, body.body, false, widths, text_width)
  end
  add_rows(out, tbl.foot.rows, true, widths, text_width)
  out:line(")")
  return out.flush()
end

local text_width = PORTRAIT

-- Not in Typst's short form, which ends at the end of the line: headings of chapters have two.
-- The empty #{} keeps "1. Visi" from being read as a numbered list.
local function write_heading(header)
  local inlines = pandoc.Inlines{pandoc.RawInline("typst", "#heading(level: " .. header.level .. ")[#{}")}
  inlines:extend(header.content)
  local label = header.identifier ~= "" and " #label(" .. quoted(header.identifier) .. ")" or ""
  inlines:insert(pandoc.RawInline("typst", "]" .. label))
  return pandoc.Plain(inlines)
end

-- A small table stays on one page; a long one goes on over the pages.
local function whole(figure)
  local rows = 0
  for _, block in ipairs(figure.content) do
    if block.t == "Table" then
      for _, body in ipairs(block.bodies) do rows = rows + #body.body end
    end
  end
  return rows <= 9 and #pandoc.utils.stringify(figure.content) < 1500
end

local function write_figure(figure)
  local body, after = pandoc.Blocks{}, pandoc.Blocks{}
  for _, block in ipairs(figure.content) do
    local below = block.t == "Div" and (block.classes:includes("source") or block.classes:includes("note"));
    (below and after or body):extend(convert(pandoc.Blocks{block}))
  end
  local out = pandoc.Blocks{raw(figure.classes:includes("gambar") and "#gambar(" or "#tabel-berjudul(")}
  if whole(figure) then out[1].text = out[1].text .. "utuh: true, " end
  out:insert(raw(quoted(figure.identifier) .. ", [#{}"))
  out:extend(figure.caption.long)
  out:extend{raw("], [")}
  out:extend(body)
  out:extend{raw("], [")}
  out:extend(after)
  out:insert(raw("])"))
  return out
end

local function write_div(div)
  local classes = div.classes
  if classes:includes("contents-here") then return pandoc.Blocks{raw("#daftar-isi()")} end
  if classes:includes("tables-here") then return pandoc.Blocks{raw("#daftar-tabel()")} end
  if classes:includes("signature-room") then return pandoc.Blocks{raw("#v(1.8cm)")} end
  local out = pandoc.Blocks{}
  if classes:includes("front") and numbering == "" then
    numbering = "i"
    out:insert(raw('#set page(numbering: "i")'))
  elseif (classes:includes("chapter") or classes:includes("appendix")) and numbering ~= "1" then
    numbering = "1"
    out:insert(raw('#set page(numbering: "1")\n#counter(page).update(1)'))
  end
  if classes:includes("landscape") then
    text_width = LANDSCAPE
    out:extend(within("#page(flipped: true)[", convert(div.content), "]"))
    text_width = PORTRAIT
    return out
  end
  if div.identifier ~= "" then out:insert(anchor(div.identifier)) end
  for _, class in ipairs(classes) do
    if WRAPPED[class] then
      out:extend(within("#" .. WRAPPED[class] .. "[", convert(div.content), "]"))
      return out
    end
  end
  out:extend(convert(div.content))
  return out
end

function convert(blocks)
  local out = pandoc.Blocks{}
  local all = landscape.grouped(blocks)
  for i, block in ipairs(all) do
    if block.t == "Para" and landscape.leads_to(block, all[i + 1]) then
      out:extend(within("#lengket[", pandoc.Blocks{block}, "]"))
    elseif block.t == "Div" then out:extend(write_div(block))
    elseif block.t == "Header" then out:insert(write_heading(block))
    elseif block.t == "Figure" then out:extend(write_figure(block))
    elseif block.t == "Table" then out:extend(write_table(block, text_width))
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      for i, item in ipairs(block.content) do block.content[i] = convert(item) end
      out:insert(block)
    elseif block.t == "BlockQuote" then
      block.content = convert(block.content)
      out:insert(block)
    else out:insert(block) end
  end
  return out
end

function Pandoc(doc)
  doc.blocks = convert(doc.blocks)
  return doc
end
